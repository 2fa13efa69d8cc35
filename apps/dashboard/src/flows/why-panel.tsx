'use client';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../components/button';
import { Field } from '../components/field';
import { Panel } from '../components/panel';
import { Skeleton } from '../components/skeleton';
import { Trouble } from '../components/trouble';
import type { Flow } from '../data/flows';
import { explainQuery } from '../data/flows';
import { isRefused } from '../data/problem';

interface Props {
  flow: Flow;
  /** Of whom it is asked; '' of nobody yet. */
  contact: string;
  onAsk: (contact: string) => void;
}

/** Why somebody did not get in, waits, or left. */
export function WhyPanel({ flow, contact, onAsk }: Props) {
  const t = useTranslations('flow.why');
  const [written, setWritten] = useState(contact);
  const { data, error, refetch, isFetching } = useQuery(explainQuery(flow.id, contact, useLocale()));
  const unknown = isRefused(error, 'not_found');
  return (
    <Panel title={t('title')}>
      <form
        className="grid gap-3 p-4 sm:p-5"
        onSubmit={(event) => {
          event.preventDefault();
          onAsk(written.trim());
        }}
      >
        <Field
          label={t('who')}
          hint={t('whoHint')}
          error={unknown ? t('unknown') : undefined}
          value={written}
          onChange={({ target }) => setWritten(target.value)}
        />
        <div>
          <Button type="submit" look="outlined" disabled={written.trim() === ''}>
            {t('ask')}
          </Button>
        </div>
        {contact !== '' && (
          <div aria-live="polite">
            {error && !unknown ? <Trouble error={error} again={() => void refetch()} /> : null}
            {!data && !error && isFetching && <Skeleton lines={3} className="py-1" />}
            {data && (
              <div className="grid gap-2 rounded-md bg-sea-wash px-3 py-3 text-sm">
                {data.sentences.map((sentence) => (
                  <p key={sentence}>{sentence}</p>
                ))}
              </div>
            )}
          </div>
        )}
      </form>
    </Panel>
  );
}
