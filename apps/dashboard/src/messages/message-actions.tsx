'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../components/button';
import { Trouble } from '../components/trouble';
import type { Message } from '../data/queries';
import { meQuery } from '../data/queries';
import { organizationOf } from '../shell/organization-switcher';
import { actOnMessage } from './act-on-message';
import { actOn } from './possible-acts';

/** What a person may do to a message. A viewer sees no button that would be refused. */
export function MessageActions({ message: { id, status } }: { message: Message }) {
  const t = useTranslations('message');
  const { data: me } = useQuery(meQuery);
  const queries = useQueryClient();
  const [asked, setAsked] = useState(false);
  const change = useMutation({
    mutationFn: (act: 'cancel' | 'retry') => actOnMessage({ id, status }, act),
    onSettled: () => {
      setAsked(false);
      void queries.invalidateQueries({ queryKey: ['message'] });
      void queries.invalidateQueries({ queryKey: ['messages'] });
    },
  });
  const act = actOn(status);
  if (!act || !me || organizationOf(me)?.role === 'viewer') return null;
  const warning =
    act === 'cancel' ? t('cancelMeans') : t(status === 'unknown' ? 'retryUnknownMeans' : 'retryMeans');
  return (
    <div className="grid justify-items-end gap-2">
      {change.error && <Trouble error={change.error} />}
      {asked ? (
        <div className="flex flex-wrap items-center justify-end gap-2">
          <p className="max-w-sm text-sm">{warning}</p>
          <Button disabled={change.isPending} onClick={() => change.mutate(act)}>
            {t(`${act}Now`)}
          </Button>
          <Button look="plain" onClick={() => setAsked(false)}>
            {t('keep')}
          </Button>
        </div>
      ) : (
        <Button look="outlined" onClick={() => setAsked(true)}>
          {t(act)}
        </Button>
      )}
    </div>
  );
}
