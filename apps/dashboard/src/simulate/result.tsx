'use client';
import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import { useFormatter, useTranslations } from 'next-intl';
import { Panel } from '../components/panel';
import type { SimulationResult } from '../data/simulation';
import { useReason } from '../messages/reason';
import { Comparison } from './comparison';
import { Days } from './days';
import { Timelines } from './timelines';

/** What would happen: in one sentence, against what is live, message by message, and what it rests on. */
export function Result({ result, definition }: { result: SimulationResult; definition: FlowDefinition }) {
  const t = useTranslations('simulate');
  const names = new Map(definition.steps.map(({ id, name }) => [id, name ?? id]));
  const nameOf = (step: string) => names.get(step) ?? step;
  return (
    <>
      <Sums totals={result.totals} />
      {result.compared && (
        <Comparison comparison={result.compared.comparison} nameOf={nameOf} timelines={result.timelines} />
      )}
      <Timelines timelines={result.timelines} nameOf={nameOf} />
      {result.totals.days.length > 1 && <Days days={result.totals.days} />}
      <Panel title={t('assumptions')}>
        <ul className="grid list-disc gap-1 py-3 pr-5 pl-9 text-sm">
          {result.assumptions.map(({ about, text }) => (
            <li key={about}>{text}</li>
          ))}
        </ul>
      </Panel>
    </>
  );
}

const unsent = new Set(['scheduled', 'skipped', 'cancelled', 'expired']);

function Sums({ totals }: { totals: SimulationResult['totals'] }) {
  const t = useTranslations('simulate');
  const format = useFormatter();
  const reasonOf = useReason();
  const sent = Object.entries(totals.messages)
    .filter(([status]) => !unsent.has(status))
    .reduce((sum, [, count]) => sum + count, 0);
  const waiting = totals.messages.scheduled ?? 0;
  const cost = totals.cost
    .map(({ amount, currency }) => format.number(amount, { style: 'currency', currency }))
    .join(', ');
  const rule = (name: string) =>
    name === 'hours' || name === 'caps' || name === 'rates'
      ? t(`rules.${name}`)
      : t('rules.other', { rule: name });
  return (
    <Panel title={t('result')}>
      <div className="grid gap-3 px-4 py-4 sm:px-5">
        <p className="text-lg font-semibold">
          {t('sums', { messages: sent, contacts: totals.contacts_reached })}
        </p>
        {waiting > 0 && <p>{t('waiting', { count: waiting })}</p>}
        {cost && <p>{t('cost', { cost })}</p>}
        {totals.failures > 0 && (
          <p className="font-semibold text-flare-ink">{t('failures', { count: totals.failures })}</p>
        )}
        <Lines
          title={t('notSent')}
          lines={totals.not_sent.map(({ reason, messages }) => [
            reasonOf(reason),
            t('notSentLine', { count: messages }),
          ])}
        />
        <Lines
          title={t('held')}
          lines={totals.held.map(({ rule: name, times, messages }) => [
            rule(name),
            t('heldLine', { times, messages }),
          ])}
        />
      </div>
    </Panel>
  );
}

function Lines({ title, lines }: { title: string; lines: readonly (readonly [string, string])[] }) {
  if (lines.length === 0) return null;
  return (
    <div>
      <h3 className="text-sm">{title}</h3>
      <dl className="text-sm">
        {lines.map(([name, text]) => (
          <div key={name} className="flex flex-wrap justify-between gap-x-4 border-t border-rope py-1">
            <dt>{name}</dt>
            <dd className="text-ink-soft">{text}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
