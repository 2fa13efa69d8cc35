'use client';
import { useTranslations } from 'next-intl';
import { Button } from '../../components/button';
import { Panel } from '../../components/panel';
import type { Connection } from '../../data/queries';
import { valuesOf } from './connection-values';
import { fieldName, providerFields } from './provider-fields';

/** What a connection is set to, for who may not change it. */
export function ConnectionFacts({ connection, onClose }: { connection: Connection; onClose: () => void }) {
  const t = useTranslations();
  const values = valuesOf(connection.provider, connection);
  const fields = providerFields[connection.provider].filter(({ path }) => values[path]);
  return (
    <Panel
      title={connection.name}
      aside={
        <Button look="link" size="inline" onClick={onClose} className="min-h-11 sm:min-h-6">
          {t('acts.close')}
        </Button>
      }
    >
      <dl className="grid grid-cols-[minmax(7rem,auto)_minmax(0,1fr)] gap-x-5 gap-y-2 px-4 py-4 text-sm sm:px-5">
        {fields.map(({ path, kind }) => (
          <div key={path} className="col-span-2 grid grid-cols-subgrid">
            <dt className="text-ink-soft">{t(`settings.connections.fields.${fieldName(path)}`)}</dt>
            <dd className="break-words">{kind === 'check' ? t('settings.connections.on') : values[path]}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
