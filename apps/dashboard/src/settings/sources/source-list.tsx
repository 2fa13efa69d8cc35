'use client';
import { useTranslations } from 'next-intl';
import { At } from '../../components/at';
import { Empty } from '../../components/empty';
import type { OutreachSource } from '../../data/settings';
import type { Signal } from '../../design/flag';
import { Flag } from '../../design/flag';
import { Link } from '../../i18n/navigation';
import { SourceActions } from './source-actions';

interface Props {
  sources: readonly OutreachSource[];
  onEdit: (id: string) => void;
}

export function SourceList({ sources, onEdit }: Props) {
  const t = useTranslations('settings.sources');
  if (sources.length === 0)
    return (
      <div className="rounded-lg border border-rope bg-sail">
        <Empty title={t('none')}>{t('noneHint')}</Empty>
      </div>
    );
  return (
    <>
      <ul className="divide-y divide-rope overflow-hidden rounded-lg border border-rope bg-sail">
        {sources.map((source) => (
          <li key={source.id} className="grid grid-cols-1 gap-2 px-4 py-4 sm:px-5">
            <h2 className="text-base break-words">{source.name}</h2>
            <Standing source={source} />
            <SourceActions source={source} onEdit={() => onEdit(source.id)} />
          </li>
        ))}
      </ul>
      <p className="text-sm text-ink-soft">
        {t('refusedRows')}{' '}
        <Link
          href="/review?kind=quarantined_input"
          className="inline-flex min-h-11 items-center text-sea underline underline-offset-3 sm:min-h-6"
        >
          {t('toReview')}
        </Link>
      </p>
    </>
  );
}

const signals = {
  paused: 'lowered',
  failing: 'bad',
  unread: 'waiting',
  read: 'good',
} as const satisfies Record<string, Signal>;

function stateOf({ active, error, polled_at }: OutreachSource): keyof typeof signals {
  if (!active) return 'paused';
  if (error !== null) return 'failing';
  return polled_at === null ? 'unread' : 'read';
}

/** Where it is, when it was read last, how much came of it, and what stood in the way. */
function Standing({ source }: { source: OutreachSource }) {
  const t = useTranslations('settings.sources');
  const { server, schema, table, taken, polled_at, error } = source;
  const state = stateOf(source);
  return (
    <div className="grid gap-1 text-sm">
      <p className="break-all text-ink-soft">
        {server} · {schema}.{table}
      </p>
      <p className="flex flex-wrap items-center gap-x-2 text-ink-soft">
        <Flag signal={signals[state]} />
        <span className="font-semibold text-ink">{t(`states.${state}`)}</span>
        {polled_at && (
          <span>
            {t('lastRead')} <At instant={polled_at} as="relative" />
          </span>
        )}
      </p>
      <p className="text-ink-soft">{t('taken', { count: taken })}</p>
      {error !== null && (
        <p className="border-l-4 border-flare bg-flare-wash px-3 py-2 break-words">
          {t('failed')} {error}
        </p>
      )}
    </div>
  );
}
