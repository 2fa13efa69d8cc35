'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../components/button';
import { Field } from '../components/field';
import { Panel } from '../components/panel';
import { Trouble } from '../components/trouble';
import { importQuery, isMoving, sendFile } from '../data/imports';
import { useAct } from '../data/use-act';
import { useRouter } from '../i18n/navigation';
import { Checked } from './checked';
import { ColumnMapping } from './column-mapping';
import { asksConsent, guessMapping, namesSomebody } from './guess-meaning';
import type { OpenFile } from './open-file';
import { Preview } from './preview';
import { useFigures } from './use-figures';

interface Props {
  opened: OpenFile;
  onClose: () => void;
}

/** From a chosen file to its import: what its columns mean, a check that changes nothing, and the import itself. */
export function NewImport({ opened, onClose }: Props) {
  const t = useTranslations('imports');
  const router = useRouter();
  const { size } = useFigures();
  const [mapping, setMapping] = useState(() => guessMapping(opened.headers, opened.rows));
  const [consentSource, setConsentSource] = useState('');
  const [checkId, setCheckId] = useState('');
  const { data: check } = useQuery({ ...importQuery(checkId), enabled: checkId !== '' });
  const send = useAct({
    do: (dryRun: boolean) => sendFile({ opened, mapping, dryRun, consentSource }),
    changes: ['imports', 'contacts'],
    done: ({ id, dry_run }) => {
      if (dry_run) setCheckId(id);
      else router.push(`/import?id=${id}`);
      return null;
    },
    tellsErrors: true,
  });
  const { file, format, legacy } = opened;
  const isCsv = format === 'csv';
  const knows = !isCsv || namesSomebody(mapping);
  const busy = send.isPending || (check !== undefined && isMoving(check));
  const change = (next: typeof mapping) => {
    setMapping(next);
    setCheckId(''); // what was checked is not what would be imported any more
  };
  return (
    <div className="grid gap-5">
      <Panel
        title={file.name}
        aside={
          <>
            {size(file.size)} · {t('columnCount', { count: opened.headers.length })}
          </>
        }
      >
        {legacy && <p className="bg-brass-wash px-4 py-3 text-sm text-brass-ink sm:px-5">{t('legacy')}</p>}
        {isCsv ? (
          <ColumnMapping opened={opened} mapping={mapping} onChange={change} />
        ) : (
          <Preview opened={opened} />
        )}
        <div className="grid gap-4 border-t border-rope p-4 sm:p-5">
          {isCsv && asksConsent(mapping) && (
            <Field
              label={t('consentSource')}
              hint={t('consentSourceHint')}
              value={consentSource}
              maxLength={100}
              onChange={(event) => setConsentSource(event.target.value)}
            />
          )}
          {!knows && <p className="text-sm font-medium text-flare-ink">{t('nobody')}</p>}
          {send.error && <Trouble error={send.error} />}
          <div className="flex flex-wrap items-center gap-2">
            {!check && (
              <Button disabled={busy || !knows} onClick={() => send.mutate(true)}>
                {t('checkNow')}
              </Button>
            )}
            <Button look="plain" disabled={send.isPending} onClick={onClose}>
              {t('otherFile')}
            </Button>
            <p className="text-sm text-ink-soft" role="status">
              {send.isPending ? t('sending') : !check && knows && t('checkMeans')}
            </p>
          </div>
        </div>
      </Panel>
      {check && <Checked check={check} busy={busy} onImport={() => send.mutate(false)} />}
    </div>
  );
}
