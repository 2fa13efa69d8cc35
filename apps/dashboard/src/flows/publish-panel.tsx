'use client';
import type { UseQueryResult } from '@tanstack/react-query';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../components/button';
import { ChoiceField } from '../components/field';
import { Panel } from '../components/panel';
import { Skeleton } from '../components/skeleton';
import { Trouble } from '../components/trouble';
import type { Flow } from '../data/flows';
import { diffQuery, versionsQuery } from '../data/flows';
import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import { useAct } from '../data/use-act';
import { Flag } from '../design/flag';
import { ChangeList } from './change-list';
import type { PlacedFindings } from './findings';
import { FindingsList } from './findings-list';
import { stepNames } from './steps';
import type { Draft } from './use-draft';

interface Props {
  flow: Flow;
  published: number | null;
  draft: Draft;
  check: UseQueryResult<unknown>;
  findings: PlacedFindings;
  /** Leads to a step. */
  onGo: (stepId: string) => void;
  onClose: () => void;
}

const shares = [100, 75, 50, 25, 10];

/** What publishing changes, for whom, and what stands against it. */
export function PublishPanel({ flow, published, draft, check, findings, onGo, onClose }: Props) {
  const t = useTranslations('flow.publish');
  const acts = useTranslations('acts');
  const [share, setShare] = useState(100);
  const { data: versions } = useQuery(versionsQuery(flow.id));
  const next = Math.max(0, ...(versions?.items.map(({ number }) => number) ?? [])) + 1;
  const underWay = versions?.items.reduce((sum, { active_runs: runs }) => sum + runs, 0) ?? 0;
  const publish = useAct({
    do: async () => {
      await draft.save();
      return answerOf(
        halyard.POST('/flows/{id}/publish', { params: { path: { id: flow.id } }, body: { weight: share } }),
      );
    },
    changes: ['flow', 'flows'],
    done: () => ({ text: t('done', { number: next }) }),
    tellsErrors: true,
  });
  const ready = draft.state === 'saved' && check.data !== undefined && findings.errors === 0;
  const about = [...findings.steps.values()].flat();
  return (
    <Panel title={t('title', { number: next })} className="mb-5">
      <div className="grid gap-5 p-4 sm:p-5">
        <div className="grid gap-5 lg:grid-cols-2">
          <section className="grid content-start gap-2">
            <h3 className="text-sm">{t('changes')}</h3>
            {published === null ? (
              <p className="text-sm text-ink-soft">{t('first')}</p>
            ) : (
              <Changes
                flow={flow}
                names={stepNames(draft.definition)}
                from={published}
                ready={draft.state === 'saved' && flow.has_draft}
              />
            )}
          </section>
          <section className="grid content-start gap-2">
            <h3 className="text-sm">{t('forWhom')}</h3>
            <p className="text-sm text-ink-soft">
              {t(share === 100 ? 'newGet' : 'someGet', { number: next, share })}{' '}
              {underWay > 0 && t('runsStay', { count: underWay })}{' '}
              {flow.status === 'paused' && t('staysPaused')}
            </p>
            {published !== null && (
              <ChoiceField
                label={t('share')}
                value={String(share)}
                options={shares.map((one) => [String(one), t('shareOf', { share: one })] as const)}
                onChange={({ target }) => setShare(Number(target.value))}
                className="max-w-72"
              />
            )}
          </section>
        </div>
        <section className="grid gap-2" aria-live="polite">
          <h3 className="text-sm">{t('check')}</h3>
          {check.error ? (
            <Trouble error={check.error} again={() => void check.refetch()} />
          ) : check.data === undefined ? (
            <Skeleton lines={2} className="py-1" />
          ) : about.length + findings.whole.length === 0 ? (
            <p className="flex items-center gap-2 text-sm">
              <Flag signal="good" />
              {t('nothingFound')}
            </p>
          ) : (
            <>
              <p className="text-sm text-ink-soft">
                {t('found', { errors: findings.errors, all: about.length + findings.whole.length })}
              </p>
              <FindingsList findings={findings.whole} />
              <FoundAt findings={findings} draft={draft} onGo={onGo} />
            </>
          )}
        </section>
        {publish.error && <Trouble error={publish.error} />}
        <div className="flex flex-wrap gap-2">
          <Button
            disabled={!ready || publish.isPending}
            onClick={() => publish.mutate(undefined, { onSuccess: onClose })}
          >
            {t('now', { number: next })}
          </Button>
          <Button look="plain" onClick={onClose}>
            {acts('close')}
          </Button>
        </div>
      </div>
    </Panel>
  );
}

interface ChangesProps {
  flow: Flow;
  names: Readonly<Record<string, string>>;
  from: number;
  ready: boolean;
}

function Changes({ flow, names, from, ready }: ChangesProps) {
  const { data, error, refetch } = useQuery({ ...diffQuery(flow.id, from, null), enabled: ready });
  if (error) return <Trouble error={error} again={() => void refetch()} />;
  if (!data) return <Skeleton lines={2} className="py-1" />;
  return <ChangeList changes={data.changes} names={names} />;
}

/** The steps about which something was found; it stands beside each. */
function FoundAt({ findings, draft, onGo }: Pick<Props, 'findings' | 'draft' | 'onGo'>) {
  const t = useTranslations('flow.publish');
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1">
      {[...findings.steps].map(([at, found]) => {
        const step = draft.definition.steps[at];
        const error = found.some(({ severity }) => severity === 'error');
        return (
          step && (
            <li key={step.id} className="flex items-center gap-2 text-sm">
              <Flag signal={error ? 'bad' : 'unsure'} />
              <Button look="link" size="inline" className="min-h-11 sm:min-h-6" onClick={() => onGo(step.id)}>
                {t('foundAt', { step: step.name ?? step.id, count: found.length })}
              </Button>
            </li>
          )
        );
      })}
    </ul>
  );
}
