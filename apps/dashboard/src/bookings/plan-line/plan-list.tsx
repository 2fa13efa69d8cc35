'use client';
import { useTranslations } from 'next-intl';
import { At } from '../../components/at';
import { classNames } from '../../components/class-names';
import type { PlannedItem, Span } from './offset';
import type { Row } from './phases';
import { messagesIn, phasesOf } from './phases';
import { PlannedMessage } from './planned-message';

interface Props {
  span: Span;
  items: readonly PlannedItem[];
  off: boolean;
  /** In milliseconds. */
  now: number;
}

/** The plan from top to bottom: what comes before, during and after, each message on the line with all that is known of it. */
export function PlanList({ span, items, off, now }: Props) {
  const t = useTranslations('booking.plan');
  const { before, during, after } = phasesOf(items, span, now);
  return (
    <div className="px-4 pt-3 pb-5 sm:px-5 lg:border-t lg:border-rope">
      <Phase title={t('phases.before')} rows={before} span={span} />
      <div
        className={classNames(
          'my-2 rounded-md border-l-4 pr-2',
          off ? 'border-rope-strong bg-sunk' : 'border-sea bg-sea-wash',
        )}
      >
        <Bound name={t('start')} instant={span.starts_at} />
        <Phase title={t('phases.during')} rows={during} span={span} inside />
        <Bound name={t('end')} instant={span.ends_at} />
      </div>
      <Phase title={t('phases.after')} rows={after} span={span} />
    </div>
  );
}

const Bound = ({ name, instant }: { name: string; instant: string }) => (
  <p className="flex flex-wrap gap-x-3 px-3 py-2 text-sm font-semibold">
    <span className="min-w-16">{name}</span>
    <At instant={instant} as="full" />
  </p>
);

interface PhaseProps {
  title: string;
  rows: readonly Row[];
  span: Span;
  inside?: boolean;
}

function Phase({ title, rows, span, inside = false }: PhaseProps) {
  const t = useTranslations('booking.plan');
  if (rows.length === 0 && inside) return null;
  return (
    <section>
      <h3 className={classNames('pt-1 pb-1 text-xs text-ink-soft', inside && 'pl-3')}>
        {title} · {t('count', { count: messagesIn(rows) })}
      </h3>
      <ol className={classNames('ml-2 border-l-2', inside ? 'ml-5 border-sea' : 'border-rope')}>
        {rows.map((row) =>
          row.kind === 'now' ? (
            <Now key="now" />
          ) : (
            <PlannedMessage key={row.item.message_id} item={row.item} span={span} />
          ),
        )}
      </ol>
    </section>
  );
}

function Now() {
  const t = useTranslations('booking.plan');
  return (
    <li className="-ml-[5px] flex items-center gap-3 py-1.5 text-xs font-semibold">
      <span className="size-2 rounded-full bg-ink" aria-hidden="true" />
      <span className="rounded-sm bg-ink px-1.5 text-sail">{t('now')}</span>
      <span className="h-px flex-1 border-t border-dashed border-rope-strong" aria-hidden="true" />
    </li>
  );
}
