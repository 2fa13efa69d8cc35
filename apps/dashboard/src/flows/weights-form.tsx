'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../components/button';
import { CompactInput } from '../components/compact-controls';
import { Panel } from '../components/panel';
import type { Flow, FlowVersionSummary } from '../data/flows';
import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import { useAct } from '../data/use-act';

interface Props {
  flow: Flow;
  versions: readonly FlowVersionSummary[];
}

/** The shares of new contacts, which make a hundred together. */
export function WeightsForm({ flow, versions }: Props) {
  const t = useTranslations('flow.versions');
  const [written, setWritten] = useState<Record<number, number>>({});
  const shares = versions.map(({ number, weight }) => ({
    version: number,
    weight: written[number] ?? weight,
  }));
  const sum = shares.reduce((total, { weight }) => total + weight, 0);
  const changed = versions.some(({ number, weight }) => (written[number] ?? weight) !== weight);
  const weigh = useAct({
    do: () =>
      answerOf(
        halyard.PUT('/flows/{id}/weights', {
          params: { path: { id: flow.id } },
          body: { weights: shares.filter(({ weight }) => weight > 0) },
        }),
      ),
    changes: ['flow', 'flows'],
    done: () => ({ text: t('weighed') }),
  });
  return (
    <Panel title={t('weights')}>
      <form
        className="grid gap-3 p-4 sm:p-5"
        onSubmit={(event) => {
          event.preventDefault();
          weigh.mutate(undefined, { onSuccess: () => setWritten({}) });
        }}
      >
        <p className="text-sm text-ink-soft">{t('weightsText')}</p>
        {shares.slice(0, 20).map(({ version, weight }) => (
          <div key={version} className="flex items-center gap-3 text-sm">
            <span className="w-24">{t('version', { number: version })}</span>
            <CompactInput
              type="number"
              min={0}
              max={100}
              label={t('weightOf', { number: version })}
              value={weight}
              className="w-20"
              onChange={({ target }) =>
                setWritten({
                  ...written,
                  [version]: Math.min(100, Math.max(0, Math.trunc(Number(target.value)))),
                })
              }
            />
            %
          </div>
        ))}
        <p className={`text-sm ${sum === 100 ? 'text-ink-soft' : 'font-medium text-flare-ink'}`}>
          {t('sum', { sum })}
        </p>
        <div>
          <Button type="submit" look="outlined" disabled={!changed || sum !== 100 || weigh.isPending}>
            {t('weigh')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
