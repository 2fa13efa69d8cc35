'use client';
import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { AskFirst } from '../components/ask-first';
import { At } from '../components/at';
import { Button } from '../components/button';
import { Empty } from '../components/empty';
import { Panel } from '../components/panel';
import { Select } from '../components/select';
import { Skeleton } from '../components/skeleton';
import { Trouble } from '../components/trouble';
import type { Flow, FlowVersionSummary } from '../data/flows';
import { diffQuery, versionsQuery } from '../data/flows';
import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import { useAct } from '../data/use-act';
import { useTimes } from '../i18n/times';
import { useAddress } from '../i18n/use-address';
import { ChangeList } from './change-list';
import { stepNames } from './steps';
import { WeightsForm } from './weights-form';

interface Props {
  flow: Flow;
  definition: FlowDefinition;
  editable: boolean;
}

/** What was published, how much of new contacts each version gets, and what differs between two. */
export function VersionsTab({ flow, definition, editable }: Props) {
  const t = useTranslations('flow.versions');
  const times = useTimes();
  const { data, error, refetch } = useQuery(versionsQuery(flow.id));
  if (error) return <Trouble error={error} again={() => void refetch()} />;
  if (!data) return <Skeleton lines={6} />;
  if (data.items.length === 0) return <Empty title={t('none')}>{t('noneHint')}</Empty>;
  return (
    <div className="grid items-start gap-5 lg:grid-cols-2">
      <div className="grid gap-5">
        <Panel title={t('title')} aside={t('timesIn', { zone: times.zone })}>
          <ul className="divide-y divide-rope">
            {data.items.map((version) => (
              <Version key={version.id} flow={flow} version={version} editable={editable} />
            ))}
          </ul>
        </Panel>
        {editable && data.items.length > 1 && <WeightsForm flow={flow} versions={data.items} />}
      </div>
      <Comparison flow={flow} names={stepNames(definition)} versions={data.items} />
    </div>
  );
}

interface VersionProps {
  flow: Flow;
  version: FlowVersionSummary;
  editable: boolean;
}

function Version({ flow, version, editable }: VersionProps) {
  const t = useTranslations('flow.versions');
  const { number, weight, active_runs: runs } = version;
  const rollBack = useAct({
    do: () =>
      answerOf(
        halyard.POST('/flows/{id}/rollback', {
          params: { path: { id: flow.id } },
          body: { version: number },
        }),
      ),
    changes: ['flow', 'flows'],
    done: () => ({ text: t('rolledBack', { number }) }),
  });
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
      <div className="min-w-0 flex-1">
        <p className="font-semibold">
          {t('version', { number })}
          {weight > 0 && <span className="ml-2 text-sm text-kelp-ink">{t('share', { share: weight })}</span>}
        </p>
        <p className="text-sm text-ink-soft">
          <At instant={version.published_at} />
          {runs > 0 && ` · ${t('underWay', { count: runs })}`}
        </p>
      </div>
      {editable && weight < 100 && (
        <AskFirst
          act={t('rollBack')}
          means={t('rollBackMeans', { number })}
          now={t('rollBackNow', { number })}
          onSure={() => rollBack.mutateAsync()}
        />
      )}
    </li>
  );
}

const draft = 'draft';

interface ComparisonProps {
  flow: Flow;
  names: Readonly<Record<string, string>>;
  versions: readonly FlowVersionSummary[];
}

function Comparison({ flow, names, versions }: ComparisonProps) {
  const t = useTranslations('flow.versions');
  const { values, set } = useAddress(['from', 'to']);
  const newest = versions[0]?.number ?? 1;
  const numbers = versions.map(({ number }) => [String(number), t('version', { number })] as const);
  const ends = flow.has_draft ? [[draft, t('draft')] as const, ...numbers] : numbers;
  const to = ends.some(([value]) => value === values.to) ? values.to : (ends[0]?.[0] ?? '');
  const usual = String(to === draft ? newest : Math.max(1, Number(to) - 1));
  const from = numbers.some(([value]) => value === values.from) ? values.from : usual;
  const { data, error, refetch } = useQuery(
    diffQuery(flow.id, Number(from), to === draft ? null : Number(to)),
  );
  return (
    <Panel title={t('compare')}>
      <div className="grid gap-4 p-4 sm:p-5">
        <div className="flex flex-wrap items-end gap-3">
          <Select label={t('from')} value={from} options={numbers} onChange={(next) => set({ from: next })} />
          <Select label={t('to')} value={to} options={ends} onChange={(next) => set({ to: next })} />
          <Button look="plain" onClick={() => set({ from: to === draft ? usual : to, to: from })}>
            {t('swap')}
          </Button>
        </div>
        {error ? (
          <Trouble error={error} again={() => void refetch()} />
        ) : data ? (
          <ChangeList changes={data.changes} names={names} />
        ) : (
          <Skeleton lines={3} className="py-1" />
        )}
      </div>
    </Panel>
  );
}
