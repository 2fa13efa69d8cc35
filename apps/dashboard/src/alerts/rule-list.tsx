'use client';
import { useTranslations } from 'next-intl';
import { At } from '../components/at';
import { Button } from '../components/button';
import type { AlertRule } from '../data/alerts';
import { Flag } from '../design/flag';
import { unitOf } from './rule-unit';
import { signalOfRule } from './signals';
import { useRuleName } from './use-rule-name';
import { useRuleSentence } from './use-rule-sentence';

interface Props {
  rules: readonly AlertRule[];
  /** Null for who may not. */
  onEdit: ((id: string) => void) | null;
}

export function RuleList({ rules, onEdit }: Props) {
  const t = useTranslations('alerts');
  const sentenceOf = useRuleSentence();
  const nameOf = useRuleName();
  return (
    <ul className="divide-y divide-rope" aria-label={t('rule.title')}>
      {rules.map((rule) => (
        <li
          key={rule.id}
          className="flex flex-wrap items-start justify-between gap-3 px-4 py-4 text-sm sm:px-5"
        >
          <div className="grid min-w-0 flex-1 basis-72 gap-1">
            <h2 className="text-base break-words">{nameOf(rule.name)}</h2>
            <p>{sentenceOf(rule)}</p>
            <State rule={rule} />
          </div>
          {onEdit && (
            <Button look="outlined" onClick={() => onEdit(rule.id)}>
              {t('rule.change')}
              <span className="sr-only">: {nameOf(rule.name)}</span>
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** How it stands: what was measured, or why nobody can say. */
function State({ rule: { state, severity, metric } }: { rule: AlertRule }) {
  const t = useTranslations('alerts');
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-ink-soft">
      <Flag signal={signalOfRule[state.status]} />
      <span className="font-semibold text-ink">{t(`rule.states.${state.status}`)}</span>
      {state.value !== null && <span>{t(`rule.values.${unitOf(metric)}`, { value: state.value })}</span>}
      {/* Why it is quiet its state says in the reader's language; why nobody can measure it only the database knows. */}
      {state.detail && state.status === 'unknown' && <span className="break-words">{state.detail}</span>}
      {state.evaluated_at && <At instant={state.evaluated_at} as="relative" />}
      <span>{t(`severities.${severity}`)}</span>
    </p>
  );
}
