'use client';
import { useTranslations } from 'next-intl';
import { At } from '../../components/at';
import { Button } from '../../components/button';
import type { Connection } from '../../data/queries';
import type { Signal } from '../../design/flag';
import { Flag } from '../../design/flag';

type State = 'paused' | 'open' | 'half_open' | 'failedTest' | 'works' | 'untested';

const signals: Record<State, Signal> = {
  paused: 'lowered',
  open: 'bad',
  half_open: 'unsure',
  failedTest: 'bad',
  works: 'good',
  untested: 'waiting',
};

function stateOf({ status, breaker, test_error, tested_at }: Connection): State {
  if (status === 'paused') return 'paused';
  if (breaker.state !== 'closed') return breaker.state;
  if (test_error !== null) return 'failedTest';
  return tested_at ? 'works' : 'untested';
}

/** What a connection is, whether it works, and if not why not. */
export function ConnectionState({ connection, onOpen }: { connection: Connection; onOpen: () => void }) {
  const t = useTranslations();
  const { name, provider, channels, breaker, tested_at, test_error } = connection;
  const state = stateOf(connection);
  const reason = breaker.reason ?? test_error;
  return (
    <div className="min-w-0 flex-1">
      <h2 className="text-base">
        <Button look="link" size="inline" onClick={onOpen} className="min-h-11 sm:min-h-6">
          {name}
        </Button>
      </h2>
      <p className="text-sm text-ink-soft">
        {t(`settings.connections.providers.${provider}.name`)}
        {' · '}
        {provider === 'sandbox' && channels.length > 3
          ? t('settings.connections.allChannels')
          : channels.map((channel) => t(`channels.${channel}`)).join(', ')}
      </p>
      <p className="mt-1.5 flex flex-wrap items-center gap-x-2 text-sm">
        <Flag signal={signals[state]} />
        <span className="font-semibold">{t(`settings.connections.states.${state}`)}</span>
        {breaker.retry_at && state === 'open' && (
          <span>
            {t('settings.connections.retryAt')} <At instant={breaker.retry_at} as="time" />
          </span>
        )}
        {tested_at && (
          <span className="text-ink-soft">
            {t('settings.connections.tested')} <At instant={tested_at} as="relative" />
          </span>
        )}
      </p>
      {reason && state !== 'works' && <p className="mt-1 text-sm break-words text-flare-ink">{reason}</p>}
    </div>
  );
}
