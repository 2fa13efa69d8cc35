'use client';
import { useTranslations } from 'next-intl';
import { At } from '../components/at';
import { Button } from '../components/button';
import { JsonDetails } from '../components/json-details';
import type { Failure } from '../data/alerts';
import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import { useAct } from '../data/use-act';
import { Flag } from '../design/flag';
import { useMay } from '../shell/use-may';
import { signalOfSeverity } from './signals';

/** Each fault once, however often it happened. */
export function FailureList({ failures }: { failures: readonly Failure[] }) {
  const t = useTranslations('alerts.failure');
  return (
    <ul className="divide-y divide-rope" aria-label={t('title')}>
      {failures.map((failure) => (
        <li key={failure.id} className="grid gap-2 px-4 py-4 text-sm sm:px-5">
          <OneFailure failure={failure} />
        </li>
      ))}
    </ul>
  );
}

function OneFailure({ failure }: { failure: Failure }) {
  const t = useTranslations('alerts');
  const may = useMay()('editor');
  const { id, kind, service, message, severity, count, first_at, last_at, details, status } = failure;
  const resolve = useAct({
    do: () => answerOf(halyard.POST('/failures/{id}/resolve', { params: { path: { id } } })),
    changes: ['failures', 'alerts'],
    done: () => ({ text: t('failure.closed') }),
  });
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="grid min-w-0 flex-1 basis-64 gap-0.5">
          <h2 className="flex items-start gap-2 text-base">
            <Flag
              signal={status === 'resolved' ? 'good' : signalOfSeverity[severity]}
              className="mt-1 size-4.5"
            />
            <span className="min-w-0 break-words">{message}</span>
          </h2>
          <p className="text-ink-soft">
            {kind === 'job' ? t('failure.job') : service} · {t(`severities.${severity}`)} ·{' '}
            {t('failure.count', { count })}
          </p>
          <p className="text-ink-soft">
            {t('failure.last')} <At instant={last_at} />
            {count > 1 && (
              <>
                , {t('failure.first')} <At instant={first_at} />
              </>
            )}
          </p>
        </div>
        {may && status === 'open' && (
          <Button look="outlined" disabled={resolve.isPending} onClick={() => resolve.mutate()}>
            {t('failure.close')}
          </Button>
        )}
      </div>
      {Object.keys(details).length > 0 && <JsonDetails title={t('failure.details')} facts={details} />}
    </>
  );
}
