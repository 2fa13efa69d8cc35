'use client';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../../components/button';
import { halyard } from '../../data/halyard';
import { answerOf, isRefused, issuesOf, problemOf } from '../../data/problem';
import type { OutreachSource } from '../../data/settings';
import { useAct } from '../../data/use-act';
import { FormPanel } from '../form-panel';
import { guessed, needed } from './column-parts';
import { FirstRow } from './first-row';
import { MappingTable } from './mapping-table';
import { RowFields } from './row-fields';
import type { SourceDraft } from './source-draft';
import { draftOf, mappingOf, tableOf } from './source-draft';
import { TableFields } from './table-fields';

interface Props {
  /** Null for a new one. */
  source: OutreachSource | null;
  /** Who writes, where no column of the table says it. */
  userId: string;
  onClose: () => void;
}

/** Where the table is; then, with what stands in it in view, what its columns mean. It is tried before it is saved. */
export function SourceForm({ source, userId, onClose }: Props) {
  const t = useTranslations('settings.sources');
  const [draft, setDraft] = useState(() => draftOf(source));
  const set = (changes: Partial<SourceDraft>) => setDraft((before) => ({ ...before, ...changes }));
  const writer = source?.defaults.user_id ?? userId;
  const look = useMutation({
    mutationFn: (given: SourceDraft) => {
      const { columns, write_back, pending, defaults } = mappingOf(given, writer);
      const body = {
        ...tableOf(given),
        ...(source && { id: source.id }),
        ...(isMapped(given) && { columns, write_back }),
        pending,
        defaults,
      };
      return answerOf(halyard.POST('/outreach/sources/look', { body }));
    },
    onSuccess: ({ columns }) =>
      setDraft((before) => ({ ...before, mapping: guessed(before.mapping, columns) })),
  });
  const save = useAct({
    do: (skip_test: boolean) => {
      const body = {
        name: draft.name.trim(),
        poll_seconds: Number(draft.poll_seconds),
        ...tableOf(draft),
        ...mappingOf(draft, writer),
        skip_test,
      };
      if (source)
        return answerOf(
          halyard.PATCH('/outreach/sources/{id}', { params: { path: { id: source.id } }, body }),
        );
      return answerOf(halyard.POST('/outreach/sources', { body: { url: '', active: true, ...body } }));
    },
    changes: ['outreach-sources'],
    done: ({ name }) => {
      onClose();
      return { text: t('saved', { name }) };
    },
    tellsErrors: true,
  });
  // Who changes one sees what stands in the table without asking.
  const first = useRef(source === null ? null : draft);
  const { mutate } = look;
  useEffect(() => {
    if (first.current) mutate(first.current);
    first.current = null;
  }, [mutate]);
  const issues = { ...issuesOf(look.error), ...issuesOf(save.error) };
  const refused = isRefused(save.error, 'connection_failed');
  const mappable = look.data?.ok || source !== null;
  return (
    <FormPanel
      title={source ? source.name : t('new')}
      act={t(save.isPending ? 'saving' : 'save')}
      busy={save.isPending}
      error={Object.keys(issues).length ? null : (save.error ?? look.error)}
      onSubmit={() => save.mutate(false)}
      onClose={onClose}
    >
      <TableFields draft={draft} issues={issues} server={source?.server ?? null} onChange={set} />
      <div className="flex flex-wrap items-center gap-3">
        <Button look="outlined" disabled={look.isPending} onClick={() => look.mutate(draft)}>
          {t(look.isPending ? 'looking' : 'look')}
        </Button>
        {!mappable && !look.data && <p className="text-sm text-ink-soft">{t('lookHint')}</p>}
      </div>
      {look.data && !look.data.ok && (
        <p role="alert" className="border-l-4 border-flare bg-flare-wash px-3 py-2 text-sm break-words">
          {t('unreachable')} {look.data.reason}
        </p>
      )}
      {mappable && (
        <>
          <MappingTable draft={draft} look={look.data} issues={issues} onChange={set} />
          <RowFields draft={draft} look={look.data} issues={issues} onChange={set} />
          <FirstRow look={look.data} busy={look.isPending} onTry={() => look.mutate(draft)} />
        </>
      )}
      {refused && (
        <div className="grid justify-items-start gap-2 text-sm">
          <p className="break-words">{problemOf(save.error).detail}</p>
          <Button look="outlined" disabled={save.isPending} onClick={() => save.mutate(true)}>
            {t('saveAllTheSame')}
          </Button>
        </div>
      )}
    </FormPanel>
  );
}

const isMapped = ({ mapping }: SourceDraft): boolean => needed.every((part) => mapping[part]);
