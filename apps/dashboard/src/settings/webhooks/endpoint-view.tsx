'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../../components/button';
import { Empty } from '../../components/empty';
import type { Endpoint } from '../../data/settings';
import { useMay } from '../../shell/use-may';
import { Deliveries } from './deliveries';
import { EndpointActions } from './endpoint-actions';
import { EndpointForm } from './endpoint-form';
import { EndpointState } from './endpoint-list';

interface Props {
  endpoint: Endpoint | undefined;
  onSecret: (secret: string) => void;
  onClose: () => void;
}

/** One endpoint: how it does, what can be done to it, and what it was told. */
export function EndpointView({ endpoint, onSecret, onClose }: Props) {
  const t = useTranslations('settings.webhooks');
  const may = useMay();
  const [editing, setEditing] = useState(false);
  const back = (
    <Button look="link" size="inline" className="min-h-11 sm:min-h-6" onClick={onClose}>
      {t('back')}
    </Button>
  );
  if (!endpoint) return <Empty title={t('missing')}>{back}</Empty>;
  return (
    <>
      <div>{back}</div>
      {editing ? (
        <EndpointForm
          endpoint={endpoint}
          onSaved={() => setEditing(false)}
          onClose={() => setEditing(false)}
        />
      ) : (
        <section className="grid gap-3 rounded-lg border border-rope bg-sail px-4 py-4 sm:px-5">
          <h2 className="text-base break-all">{endpoint.url}</h2>
          {endpoint.description && <p className="text-sm">{endpoint.description}</p>}
          <EndpointState endpoint={endpoint} />
          <p className="text-sm break-words text-ink-soft">
            {endpoint.event_types.includes('*') ? t('allEvents') : endpoint.event_types.join(', ')}
          </p>
          {may('admin') && (
            <EndpointActions
              endpoint={endpoint}
              onSecret={onSecret}
              onEdit={() => setEditing(true)}
              onRemoved={onClose}
            />
          )}
        </section>
      )}
      <Deliveries endpointId={endpoint.id} />
    </>
  );
}
