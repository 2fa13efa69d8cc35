'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { At } from '../components/at';
import { Button } from '../components/button';
import { Panel } from '../components/panel';
import type { Contact, Merge } from '../data/contacts';
import { mergesQuery } from '../data/contacts';
import { contactQuery } from '../data/queries';
import { useMay } from '../shell/use-may';
import { nameOf } from './contact-name';
import { useMergeActs } from './merge-acts';

/** Contacts that were merged into this one, each to be taken out again. */
export function Merges({ contact: { id } }: { contact: Contact }) {
  const t = useTranslations('contact');
  const { data } = useQuery(mergesQuery(id));
  const merges = data?.items.filter((one) => one.contact_id === id && one.undone_at === null) ?? [];
  if (merges.length === 0) return null;
  return (
    <Panel title={t('merges')}>
      <ul className="divide-y divide-rope">
        {merges.map((merge) => (
          <Row key={merge.id} merge={merge} />
        ))}
      </ul>
    </Panel>
  );
}

function Row({ merge }: { merge: Merge }) {
  const t = useTranslations('contact');
  const may = useMay();
  const { data: other } = useQuery(contactQuery(merge.merged_id));
  const { undo } = useMergeActs();
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-3 px-4 py-2.5 text-sm sm:px-5">
      <span>
        {(other && nameOf(other)) ?? t('unnamed')} · <At instant={merge.merged_at} />
      </span>
      {may('editor') && (
        <Button look="outlined" disabled={undo.isPending} onClick={() => undo.mutate(merge.id)}>
          {t('undoMerge')}
        </Button>
      )}
    </li>
  );
}
