'use client';
import { useTranslations } from 'next-intl';
import { At } from '../../components/at';
import { Button } from '../../components/button';
import { Empty } from '../../components/empty';
import type { Endpoint } from '../../data/settings';
import type { Signal } from '../../design/flag';
import { Flag } from '../../design/flag';

export function EndpointList({
  endpoints,
  onOpen,
}: {
  endpoints: readonly Endpoint[];
  onOpen: (id: string) => void;
}) {
  const t = useTranslations('settings.webhooks');
  return (
    <div className="overflow-hidden rounded-lg border border-rope bg-sail">
      {endpoints.length === 0 && <Empty title={t('none')}>{t('noneHint')}</Empty>}
      <ul className="divide-y divide-rope">
        {endpoints.map((endpoint) => (
          <li key={endpoint.id} className="grid grid-cols-1 gap-1 px-4 py-4 sm:px-5">
            <h2 className="text-base">
              <Button
                look="link"
                size="inline"
                className="min-h-11 text-left break-all whitespace-normal sm:min-h-6"
                onClick={() => onOpen(endpoint.id)}
              >
                {endpoint.url}
              </Button>
            </h2>
            {endpoint.description && <p className="text-sm">{endpoint.description}</p>}
            <EndpointState endpoint={endpoint} />
            <p className="text-sm text-ink-soft">
              {endpoint.event_types.includes('*') ? t('allEvents') : endpoint.event_types.join(', ')}
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}

const signals: Record<'active' | 'failing' | 'disabled', Signal> = {
  active: 'good',
  failing: 'unsure',
  disabled: 'lowered',
};

/** Whether it is told of what happens, and since when it has not answered. */
export function EndpointState({
  endpoint: { status, failing_since, disabled_reason },
}: {
  endpoint: Endpoint;
}) {
  const t = useTranslations('settings.webhooks');
  const state = status === 'disabled' ? 'disabled' : failing_since ? 'failing' : 'active';
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-sm">
      <Flag signal={signals[state]} />
      <span className="font-semibold">{t(`states.${state}`)}</span>
      {failing_since && (
        <span className="text-ink-soft">
          {t('since')} <At instant={failing_since} />
        </span>
      )}
      {status === 'disabled' && disabled_reason && <span className="text-ink-soft">{disabled_reason}</span>}
    </p>
  );
}
