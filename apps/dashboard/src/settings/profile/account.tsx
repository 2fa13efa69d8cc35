'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../../components/button';
import { Field } from '../../components/field';
import { halyard } from '../../data/halyard';
import { answerOf, issuesOf } from '../../data/problem';
import type { Me } from '../../data/queries';
import { useAct } from '../../data/use-act';
import { Flag } from '../../design/flag';
import { FormPanel } from '../form-panel';

/** Name and address; an address that is not confirmed yet gets its mail again. */
export function Account({ me }: { me: Me }) {
  const t = useTranslations('settings.profile');
  const acts = useTranslations('acts');
  const [name, setName] = useState(me.name);
  const rename = useAct({
    do: (name: string) => answerOf(halyard.PATCH('/users/me', { body: { name } })),
    changes: ['me', 'members'],
    done: () => ({ text: acts('saved') }),
    tellsErrors: true,
  });
  return (
    <FormPanel
      title={t('account')}
      act={acts('save')}
      busy={rename.isPending}
      error={issuesOf(rename.error).name ? null : rename.error}
      onSubmit={() => rename.mutate(name)}
    >
      <div className="grid items-start gap-5 sm:grid-cols-2">
        <Field
          label={t('name')}
          value={name}
          autoComplete="name"
          error={issuesOf(rename.error).name && t('nameMissing')}
          onChange={(event) => setName(event.target.value)}
        />
        <div className="grid gap-1.5 text-sm">
          <p className="font-semibold">{t('email')}</p>
          <p className="break-words">{me.email}</p>
          <Verification verified={me.email_verified} />
        </div>
      </div>
    </FormPanel>
  );
}

function Verification({ verified }: { verified: boolean }) {
  const t = useTranslations('settings.profile');
  const send = useAct({
    do: () => answerOf(halyard.POST('/auth/email/send-verification')),
    changes: ['me'],
    done: () => ({ text: t('verificationSent') }),
  });
  if (verified)
    return (
      <p className="flex items-center gap-2 text-ink-soft">
        <Flag signal="good" />
        {t('verified')}
      </p>
    );
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <p className="flex items-center gap-2">
        <Flag signal="unsure" />
        {t('unverified')}
      </p>
      <Button look="outlined" disabled={send.isPending || send.isSuccess} onClick={() => send.mutate()}>
        {t('sendVerification')}
      </Button>
    </div>
  );
}
