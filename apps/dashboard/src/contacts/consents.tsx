'use client';
import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Panel } from '../components/panel';
import { Skeleton } from '../components/skeleton';
import { Trouble } from '../components/trouble';
import { consentsQuery } from '../data/contacts';
import { useMay } from '../shell/use-may';
import { ConsentLine } from './consent-line';
import { PanelAct } from './panel-act';

const ConsentForm = dynamic(() => import('./consent-form').then((file) => file.ConsentForm), { ssr: false });

/** What a contact allows per channel and topic, and what proves it. */
export function Consents({ id }: { id: string }) {
  const t = useTranslations('contact');
  const may = useMay();
  const [recording, setRecording] = useState(false);
  const { data, error, refetch } = useQuery(consentsQuery(id));
  return (
    <Panel
      title={t('consent')}
      aside={
        may('editor') &&
        !recording && (
          <PanelAct label={t('recordConsent')} text={t('record')} onClick={() => setRecording(true)} />
        )
      }
    >
      {recording && <ConsentForm contactId={id} onDone={() => setRecording(false)} />}
      {error && <Trouble error={error} again={() => void refetch()} />}
      {!data && !error && <Skeleton lines={3} />}
      {data?.current.length === 0 && (
        <p className="px-4 py-4 text-sm text-ink-soft sm:px-5">{t('noConsent')}</p>
      )}
      {data && data.current.length > 0 && (
        <ul className="divide-y divide-rope">
          {data.current.map((current) => (
            <ConsentLine
              key={current.consent_id}
              current={current}
              history={data.history.filter(
                ({ channel, topic }) => channel === current.channel && topic === current.topic,
              )}
            />
          ))}
        </ul>
      )}
    </Panel>
  );
}
