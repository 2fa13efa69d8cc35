'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { AskFirst } from '../components/ask-first';
import { CheckField } from '../components/field';
import type { Contact } from '../data/contacts';
import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import { useAct } from '../data/use-act';
import { useRouter } from '../i18n/navigation';
import { nameOf } from './contact-name';

/** Removes everything that is known of a person. */
export function Erase({ contact }: { contact: Contact }) {
  const t = useTranslations('contact');
  const router = useRouter();
  const [suppress, setSuppress] = useState(true);
  const name = nameOf(contact) ?? t('unnamed');
  const erase = useAct({
    do: () =>
      answerOf(
        halyard.DELETE('/contacts/{id}', {
          params: { path: { id: contact.id }, query: { suppress: suppress ? 'true' : 'false' } },
        }),
      ),
    changes: ['contacts', 'messages', 'bookings'],
    done: () => {
      router.push('/contacts');
      return { text: t('erasedNow', { name }) };
    },
  });
  const means = (
    <>
      {t('eraseMeans', { name })}
      <CheckField
        label={t('suppressToo')}
        hint={t('suppressTooHint')}
        checked={suppress}
        onChange={(event) => setSuppress(event.target.checked)}
      />
    </>
  );
  return (
    <div className="flex justify-start border-t border-rope pt-4">
      <AskFirst act={t('erase')} means={means} now={t('eraseNow')} onSure={() => erase.mutateAsync()} />
    </div>
  );
}
