'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { At } from '../../components/at';
import { Button } from '../../components/button';
import { Panel } from '../../components/panel';
import { halyard } from '../../data/halyard';
import { answerOf } from '../../data/problem';
import type { Session } from '../../data/settings';
import { sessionsQuery } from '../../data/settings';
import { useAct } from '../../data/use-act';
import { Asked } from '../asked';
import { deviceOf } from './device-of';

/** Where one is signed in, with the way to end what is not one's own. */
export function Sessions() {
  const t = useTranslations('settings.profile.sessions');
  return (
    <Panel title={t('title')}>
      <Asked query={useQuery(sessionsQuery)}>
        {({ items }) => (
          <ul className="divide-y divide-rope">
            {items.map((session) => (
              <SessionRow key={session.id} session={session} />
            ))}
          </ul>
        )}
      </Asked>
    </Panel>
  );
}

function SessionRow({ session }: { session: Session }) {
  const { id, current, ip_address, user_agent, last_seen_at, created_at } = session;
  const t = useTranslations('settings.profile.sessions');
  const end = useAct({
    do: () => answerOf(halyard.DELETE('/auth/sessions/{id}', { params: { path: { id } } })),
    changes: ['sessions'],
    done: () => ({ text: t('ended') }),
  });
  const { browser, system } = deviceOf(user_agent ?? '');
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3 text-sm sm:px-5">
      <div className="min-w-0 flex-1 basis-60">
        <p className="font-semibold" title={user_agent ?? undefined}>
          {[browser, system].filter(Boolean).join(', ') || t('unknown')}
        </p>
        <p className="text-ink-soft">
          {ip_address && `${ip_address} · `}
          {t('since')} <At instant={created_at} /> · {t('seen')} <At instant={last_seen_at} as="relative" />
        </p>
      </div>
      {current ? (
        <span className="text-ink-soft">{t('current')}</span>
      ) : (
        <Button look="outlined" disabled={end.isPending} onClick={() => end.mutate()}>
          {t('end')}
        </Button>
      )}
    </li>
  );
}
