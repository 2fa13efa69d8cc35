'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { AskFirst } from '../../components/ask-first';
import { CheckField } from '../../components/field';
import { Select } from '../../components/select';
import { halyard } from '../../data/halyard';
import { answerOf } from '../../data/problem';
import { useAct } from '../../data/use-act';

const hour = 3_600_000;
const spans = ['1', '24', '168', '720'] as const;

/** Delivers all of a time again: after a receiver was down, or is new. */
export function ReplayForm({ endpointId: id }: { endpointId: string }) {
  const t = useTranslations('settings.webhooks');
  const [hours, setHours] = useState<string>('24');
  const [failedOnly, setFailedOnly] = useState(true);
  const replay = useAct({
    do: () => {
      const since = new Date(Date.now() - Number(hours) * hour).toISOString();
      return answerOf(
        halyard.POST('/endpoints/{id}/replay', {
          params: { path: { id } },
          body: { since, failed_only: failedOnly },
        }),
      );
    },
    changes: ['deliveries'],
    done: ({ replayed }) => ({ text: t('replayedAll', { count: replayed }) }),
  });
  return (
    <details className="mb-3">
      <summary className="inline-flex min-h-11 items-center text-sm font-semibold text-sea">
        {t('replayAll')}
      </summary>
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2 pt-1">
        <Select
          label={t('of')}
          value={hours}
          options={spans.map((span) => [span, t(`spans.${span}`)] as const)}
          onChange={setHours}
        />
        <CheckField
          label={t('failedOnly')}
          checked={failedOnly}
          onChange={({ target }) => setFailedOnly(target.checked)}
        />
        <AskFirst
          act={t('replayAll')}
          means={t(failedOnly ? 'replayFailedMeans' : 'replayAllMeans')}
          now={t('replayNow')}
          onSure={() => replay.mutateAsync()}
        />
      </div>
    </details>
  );
}
