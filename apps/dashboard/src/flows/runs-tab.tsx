'use client';
import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { At } from '../components/at';
import { Button } from '../components/button';
import type { Column } from '../components/data-table';
import { DataTable } from '../components/data-table';
import { Empty } from '../components/empty';
import { Listing } from '../components/listing';
import { Select } from '../components/select';
import type { Flow, FlowRun } from '../data/flows';
import { runsQuery } from '../data/flows';
import { useTimes } from '../i18n/times';
import { useAddress } from '../i18n/use-address';
import { useReason } from '../messages/reason';
import { RunByHand } from './run-by-hand';
import { stepNames } from './steps';
import { WhyPanel } from './why-panel';

const statuses = ['active', 'completed', 'exited', 'cancelled', 'failed'] as const;

interface Props {
  flow: Flow;
  definition: FlowDefinition;
  editable: boolean;
}

/** Who is in the flow and who was, and why somebody is not. */
export function RunsTab({ flow, definition, editable }: Props) {
  const t = useTranslations('flow.runs');
  const times = useTimes();
  const { values, set } = useAddress(['status', 'contact']);
  const status = statuses.find((one) => one === values.status) ?? '';
  const query = useInfiniteQuery(runsQuery(flow.id, status));
  const columns = useColumns(stepNames(definition));
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_21rem]">
      <div className="min-w-0">
        <div className="mb-4 flex flex-wrap items-end justify-between gap-3">
          <Select
            label={t('state')}
            value={status}
            options={[['', t('all')], ...statuses.map((one) => [one, t(`states.${one}`)] as const)]}
            onChange={(next) => set({ status: next })}
          />
          <p className="text-sm text-ink-soft">{t('timesIn', { zone: times.zone })}</p>
        </div>
        <Listing
          query={query}
          none={
            <Empty title={t(status ? 'noneSuch' : 'none')}>
              {status ? (
                <Button look="outlined" onClick={() => set({ status: '' })}>
                  {t('showAll')}
                </Button>
              ) : (
                t('noneHint')
              )}
            </Empty>
          }
        >
          {(runs) => (
            <DataTable
              label={t('title')}
              rows={runs}
              columns={columns}
              keyOf={(run) => run.id}
              href={(run) => `/contact?id=${run.contact_id}`}
            />
          )}
        </Listing>
      </div>
      <div className="grid gap-5">
        <WhyPanel flow={flow} contact={values.contact} onAsk={(contact) => set({ contact })} />
        {editable && <RunByHand flow={flow} />}
      </div>
    </div>
  );
}

function useColumns(names: Readonly<Record<string, string>>): readonly Column<FlowRun>[] {
  const t = useTranslations('flow.runs');
  const reasonOf = useReason();
  return [
    {
      id: 'contact',
      title: t('contact'),
      cell: ({ contact }) => contact?.name ?? contact?.address ?? t('unnamed'),
    },
    {
      id: 'state',
      title: t('state'),
      cell: (run) => (
        <>
          <span className="font-semibold">{t(`states.${run.status}`)}</span>
          {run.end_reason && run.status !== 'completed' && (
            <span className="block text-xs text-ink-soft">{reasonOf(run.end_reason)}</span>
          )}
        </>
      ),
    },
    {
      id: 'step',
      title: t('step'),
      cell: ({ status, step, wake_at: wake }) =>
        status === 'active' && (
          <>
            {step ? (names[step] ?? step) : t('pastLast')}
            {wake && (
              <span className="block text-xs text-ink-soft">
                {t('until')} <At instant={wake} />
              </span>
            )}
          </>
        ),
    },
    { id: 'version', title: t('version'), right: true, cell: ({ version }) => version },
    { id: 'started', title: t('started'), right: true, cell: (run) => <At instant={run.started_at} /> },
  ];
}
