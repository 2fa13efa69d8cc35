'use client';
import dynamic from 'next/dynamic';
import { useFormatter, useTranslations } from 'next-intl';
import { Panel } from '../components/panel';
import type { OverviewFigures } from '../data/queries';
import { useTimes } from '../i18n/times';
import type { FigureName } from './figures';
import { ofAll, ofDay } from './figures';
import { looks } from './looks';

/** Charts are large: they come when the page is there. */
const DayChart = dynamic(() => import('./day-chart'), {
  ssr: false,
  loading: () => <div className="h-56" />,
});

interface Props {
  title: string;
  overview: OverviewFigures;
  names: readonly FigureName[];
  /** A sentence below the figures. */
  children?: React.ReactNode;
}

/** Some figures of the last days: in words, drawn, and day by day in a table. */
export function FigurePanel({ title, overview, names, children }: Props) {
  const t = useTranslations('overview');
  const format = useFormatter();
  const times = useTimes();
  const total = ofAll(overview.days);
  const days = overview.days.map((day) => ({ date: times.date(day.date), figures: ofDay(day) })); // no instant: a date
  const labelOf = (name: FigureName) => t(`figures.${name}`);
  return (
    <Panel title={title} aside={t('lastDays', { count: overview.days.length, zone: overview.time_zone })}>
      <div className="grid gap-4 px-4 py-4 sm:px-5 md:grid-cols-[11rem_minmax(0,1fr)]">
        <div>
          <dl className="grid grid-cols-2 gap-x-4 gap-y-3 md:grid-cols-1">
            {names.map((name) => (
              <div key={name}>
                <dt className="flex items-center gap-2 text-sm text-ink-soft">
                  <Swatch name={name} />
                  {labelOf(name)}
                </dt>
                <dd className="font-display text-lg font-semibold">{format.number(total[name])}</dd>
              </div>
            ))}
          </dl>
          {children && <p className="mt-3 text-sm text-ink-soft">{children}</p>}
        </div>
        <DayChart days={days} names={names} labelOf={labelOf} />
      </div>
      <details className="border-t border-rope text-sm">
        <summary className="px-4 py-3 text-sea sm:px-5">{t('asTable')}</summary>
        <DayTable caption={title} days={days} names={names} labelOf={labelOf} />
      </details>
    </Panel>
  );
}

/** How it is drawn. */
function Swatch({ name }: { name: FigureName }) {
  const { colour, dashes } = looks[name];
  return (
    <svg viewBox="0 0 16 12" className="w-4 shrink-0" aria-hidden="true">
      {dashes === null ? (
        <rect x="3.5" y="0.5" width="9" height="11" rx="1.5" fill="var(--color-sea-wash)" stroke={colour} />
      ) : (
        <path d="M0 6h16" stroke={colour} strokeWidth="2.5" strokeDasharray={dashes} />
      )}
    </svg>
  );
}

interface TableProps {
  caption: string;
  days: readonly { date: string; figures: Record<FigureName, number> }[];
  names: readonly FigureName[];
  labelOf: (name: FigureName) => string;
}

/** Newest first, and only days on which something happened. */
function DayTable({ caption, days, names, labelOf }: TableProps) {
  const t = useTranslations('overview');
  const format = useFormatter();
  const told = days.filter(({ figures }) => names.some((name) => figures[name] > 0)).reverse();
  return (
    <div className="px-3 pb-4 sm:px-5">
      <table className="w-full text-right [overflow-wrap:normal]">
        <caption className="sr-only">{caption}</caption>
        <thead className="border-b border-rope text-xs text-ink-soft">
          <tr>
            <th scope="col" className="py-1.5 text-left align-bottom font-semibold">
              {t('day')}
            </th>
            {names.map((name) => (
              <th key={name} scope="col" className="py-1.5 pl-1.5 align-bottom font-semibold">
                {labelOf(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-rope">
          {told.map(({ date, figures }) => (
            <tr key={date}>
              <th scope="row" className="py-1.5 text-left font-normal whitespace-nowrap">
                {date}
              </th>
              {names.map((name) => (
                <td key={name} className="py-1.5">
                  {format.number(figures[name])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
