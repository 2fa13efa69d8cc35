'use client';
import { useTranslations } from 'next-intl';
import { At } from '../components/at';
import { Button } from '../components/button';
import type { AlertRoute } from '../data/alerts';
import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import { useAct } from '../data/use-act';
import { Flag } from '../design/flag';
import { severities } from './severities';
import { useTarget } from './use-target';

interface Props {
  routes: readonly AlertRoute[];
  /** Null for who may not. */
  onEdit: ((id: string) => void) | null;
}

export function RouteList({ routes, onEdit }: Props) {
  const t = useTranslations('alerts');
  return (
    <ul className="divide-y divide-rope" aria-label={t('route.title')}>
      {routes.map((route) => (
        <li
          key={route.id}
          className="flex flex-wrap items-start justify-between gap-3 px-4 py-4 text-sm sm:px-5"
        >
          <Told route={route} />
          {onEdit && (
            <div className="flex flex-wrap gap-2">
              <TestRoute route={route} />
              <Button look="outlined" onClick={() => onEdit(route.id)}>
                {t('route.change')}
                <span className="sr-only">: {route.name}</span>
              </Button>
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

function Told({
  route: { name, target, severities: of, enabled, problem, notified_at, waiting },
}: {
  route: AlertRoute;
}) {
  const t = useTranslations('alerts');
  const targetOf = useTarget();
  return (
    <div className="grid min-w-0 flex-1 basis-72 gap-1">
      <h2 className="text-base break-words">{name}</h2>
      <p className="break-words">{targetOf(target)}</p>
      <p className="text-ink-soft">
        {of.length === severities.length
          ? t('route.allSeverities')
          : of.map((one) => t(`severities.${one}`)).join(', ')}
      </p>
      <p className="flex flex-wrap items-center gap-x-2 text-ink-soft">
        <Flag signal={!enabled ? 'lowered' : problem ? 'bad' : 'good'} />
        <span className="font-semibold text-ink">{t(enabled ? 'route.on' : 'route.off')}</span>
        {notified_at && (
          <span>
            {t('route.last')} <At instant={notified_at} />
          </span>
        )}
        {waiting > 0 && <span>{t('route.waiting', { count: waiting })}</span>}
        {problem && <span className="break-words text-flare-ink">{problem}</span>}
      </p>
    </div>
  );
}

function TestRoute({ route: { id } }: { route: AlertRoute }) {
  const t = useTranslations('alerts.route');
  const test = useAct({
    do: () => answerOf(halyard.POST('/alert-routes/{id}/test', { params: { path: { id } } })),
    changes: ['alert-routes', 'messages'],
    done: () => ({ text: t('tested') }),
  });
  return (
    <Button look="outlined" disabled={test.isPending} onClick={() => test.mutate()}>
      {t('test')}
    </Button>
  );
}
