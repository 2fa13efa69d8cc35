'use client';
import type { Schema } from '@halyard/client/client';
import { useTranslations } from 'next-intl';
import { AskFirst } from '../../components/ask-first';
import { CopiedText } from '../../components/copied-text';
import { Empty } from '../../components/empty';
import { Panel } from '../../components/panel';
import { useTell } from '../../components/told';
import { halyard } from '../../data/halyard';
import { answerOf } from '../../data/problem';
import type { Connection } from '../../data/queries';
import { useAct } from '../../data/use-act';
import { useMay } from '../../shell/use-may';
import { ConnectionFacts } from './connection-facts';
import { ConnectionForm } from './connection-form';
import { patchOf, valuesOf } from './connection-values';

interface Props {
  connection: Connection | undefined;
  onClose: () => void;
}

/** One connection: what it is set to, where its provider reports to, and its end. */
export function EditConnection({ connection, onClose }: Props) {
  const t = useTranslations('settings.connections');
  const tell = useTell();
  const may = useMay();
  if (!connection) return <Empty title={t('missing')}>{t('missingHint')}</Empty>;
  if (!may('admin')) return <ConnectionFacts connection={connection} onClose={onClose} />;
  return (
    <div className="grid grid-cols-1 gap-5">
      <ConnectionForm
        key={connection.id}
        provider={connection.provider}
        connection={connection}
        onClose={onClose}
        save={async ({ values, skipTest, removed }) => {
          const { id, updated_at: unchanged_since } = connection;
          const changes = patchOf(connection, valuesOf(connection.provider, connection), values, removed);
          const body = { ...changes, skip_test: skipTest, unchanged_since } as Schema<'ConnectionPatch'>;
          await answerOf(halyard.PATCH('/connections/{id}', { params: { path: { id } }, body }));
          tell({ text: t('saved', { name: values.name ?? '' }) });
          onClose();
        }}
      />
      {connection.webhook_url && connection.provider !== 'sandbox' && (
        <Panel title={t('reports')}>
          <div className="grid grid-cols-1 gap-3 px-4 py-4 sm:px-5">
            <p className="text-sm text-ink-soft">{t(`providers.${connection.provider}.reports`)}</p>
            <CopiedText label={t('webhookUrl')} text={connection.webhook_url} />
          </div>
        </Panel>
      )}
      <Removal connection={connection} onDone={onClose} />
    </div>
  );
}

function Removal({ connection: { id, name }, onDone }: { connection: Connection; onDone: () => void }) {
  const t = useTranslations('settings.connections');
  const remove = useAct({
    do: () => answerOf(halyard.DELETE('/connections/{id}', { params: { path: { id } } })),
    changes: ['connections'],
    done: () => ({ text: t('removed', { name }) }),
  });
  return (
    <div className="flex justify-end">
      <AskFirst
        act={t('remove')}
        means={t('removeMeans', { name })}
        now={t('removeNow')}
        onSure={() => remove.mutateAsync().then(onDone)}
      />
    </div>
  );
}
