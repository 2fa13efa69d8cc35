'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../components/button';
import { SearchField } from '../components/search-field';
import { Trouble } from '../components/trouble';
import type { Contact } from '../data/contacts';
import { searchQuery } from '../data/contacts';
import { nameOf } from './contact-name';
import { useMergeActs } from './merge-acts';

interface Props {
  contact: Contact;
  onDone: () => void;
}

/** Finds the other record of the same person, says what merging does, and does it. */
export function MergeForm({ contact, onDone }: Props) {
  const t = useTranslations('contact');
  const [search, setSearch] = useState('');
  const [other, setOther] = useState<Contact | null>(null);
  const { merge } = useMergeActs();
  const names = { name: nameOf(contact) ?? t('unnamed'), other: (other && nameOf(other)) ?? t('unnamed') };
  return (
    <div className="grid gap-4">
      <h3 className="text-sm">{t('mergeWith')}</h3>
      {other ? (
        <>
          <p className="text-sm">{t('mergeMeans', names)}</p>
          <div className="flex flex-wrap gap-2">
            <Button
              disabled={merge.isPending}
              onClick={() => merge.mutate({ id: contact.id, other: other.id }, { onSuccess: onDone })}
            >
              {t('mergeNow', names)}
            </Button>
            <Button look="plain" onClick={() => setOther(null)}>
              {t('otherOne')}
            </Button>
          </div>
        </>
      ) : (
        <>
          <SearchField
            label={t('findOther')}
            placeholder={t('findOtherHint')}
            value={search}
            onSearch={setSearch}
          />
          <Found search={search} except={contact.id} onChoose={setOther} />
          <div>
            <Button look="plain" onClick={onDone}>
              {t('notMerging')}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}

interface FoundProps {
  search: string;
  /** Nobody is merged with themselves. */
  except: string;
  onChoose: (contact: Contact) => void;
}

function Found({ search, except, onChoose }: FoundProps) {
  const t = useTranslations('contact');
  const { data, error } = useQuery(searchQuery(search));
  if (!search) return null;
  if (error) return <Trouble error={error} />;
  const found = data?.items.filter(({ id }) => id !== except);
  if (found?.length === 0) return <p className="text-sm text-ink-soft">{t('nobodyFound')}</p>;
  return (
    <ul className="divide-y divide-rope rounded-md border border-rope">
      {found?.map((one) => (
        <li key={one.id}>
          <button
            type="button"
            className="grid min-h-11 w-full px-3 py-2 text-left text-sm hover:bg-sea-wash"
            onClick={() => onChoose(one)}
          >
            <span className="font-semibold break-words">{nameOf(one) ?? t('unnamed')}</span>
            <span className="text-xs break-words text-ink-soft">
              {one.identities.map(({ address }) => address).join(' · ')}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
