'use client';
import { Archive, Ellipsis, Pause, Play } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { At } from '../components/at';
import { DataTable } from '../components/data-table';
import { Menu, MenuItem } from '../components/menu';
import type { FlowSummary } from '../data/flows';
import { useMay } from '../shell/use-may';
import { turnsOf, useTurn } from './flow-acts';
import { FlowStatusBadge } from './flow-status-badge';
import { useSayFlow } from './use-say-flow';

/** Flows with what lets somebody in, and how they stand. */
export function FlowTable({ flows }: { flows: readonly FlowSummary[] }) {
  const t = useTranslations('flows');
  const say = useSayFlow();
  const may = useMay();
  return (
    <DataTable
      label={t('title')}
      rows={flows}
      keyOf={(flow) => flow.id}
      href={(flow) => `/flow?id=${flow.id}`}
      columns={[
        { id: 'name', title: t('name'), cell: (flow) => flow.name },
        {
          id: 'trigger',
          title: t('trigger'),
          cell: ({ trigger, next_tick_at: next }) => (
            <span className="text-ink-soft sm:text-ink">
              {trigger && say.trigger(trigger)}
              {next && (
                <span className="block text-xs text-ink-soft">
                  {t('nextAt')} <At instant={next} />
                </span>
              )}
            </span>
          ),
        },
        {
          id: 'status',
          title: t('state'),
          cell: (flow) => (
            <>
              <FlowStatusBadge status={flow.status} />
              {flow.has_draft && flow.live.length > 0 && (
                <span className="block text-xs text-ink-soft">{t('hasDraft')}</span>
              )}
            </>
          ),
        },
        {
          id: 'runs',
          title: t('inIt'),
          right: true,
          cell: ({ figures }) => <Figure value={figures.active_runs} unit={t('inIt')} />,
        },
        {
          id: 'planned',
          title: t('planned'),
          right: true,
          cell: ({ figures }) => <Figure value={figures.planned_messages} unit={t('planned')} />,
        },
        {
          id: 'sent',
          title: t('sent'),
          right: true,
          cell: ({ figures }) => <Figure value={figures.sent_30_days} unit={t('sent')} />,
        },
        {
          id: 'live',
          title: t('versions'),
          cell: ({ live }) =>
            live.length > 0 && (
              <>
                <span className="text-ink-soft sm:hidden">{t('versions')} </span>
                {live.length === 1
                  ? live[0]?.version
                  : live.map(({ version, weight }) => `${version}: ${weight} %`).join(' · ')}
              </>
            ),
        },
        ...(may('editor')
          ? [
              {
                id: 'acts',
                title: t('acts'),
                right: true,
                cell: (flow: FlowSummary) => <RowMenu flow={flow} />,
              },
            ]
          : []),
      ]}
    />
  );
}

/** As many as are counted at most; beyond it there may be more. */
const counted = 10_000;

/** A figure; on a phone, where no column names it, with what it counts. */
function Figure({ value, unit }: { value: number; unit: string }) {
  const format = useFormatter();
  return (
    <>
      {format.number(value)}
      {value === counted && '+'}
      <span className="text-ink-soft sm:sr-only"> {unit}</span>
    </>
  );
}

const signs = { pause: Pause, resume: Play, archive: Archive };

function RowMenu({ flow }: { flow: FlowSummary }) {
  const t = useTranslations('flow.menu');
  const turn = useTurn(flow);
  return (
    <div className="relative z-10 inline-flex">
      <Menu
        place="top-full left-0 sm:right-0 sm:left-auto text-left"
        triggerClass="inline-flex size-11 items-center justify-center rounded-md text-ink-soft hover:bg-sunk hover:text-ink sm:size-8"
        trigger={
          <>
            <Ellipsis className="size-4" aria-hidden="true" />
            <span className="sr-only">{t('of', { name: flow.name })}</span>
          </>
        }
      >
        {turnsOf(flow.status).map((one) => {
          const Sign = signs[one];
          return (
            <MenuItem key={one} onClick={() => turn.mutate(one)}>
              <Sign aria-hidden="true" />
              {t(one)}
            </MenuItem>
          );
        })}
      </Menu>
    </div>
  );
}
