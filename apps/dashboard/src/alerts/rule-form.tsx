'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { CheckField, ChoiceField, Field } from '../components/field';
import type { AlertRule, Metric } from '../data/alerts';
import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import { FormPanel } from '../settings/form-panel';
import { Remove } from './remove';
import type { RuleDraft } from './rule-draft';
import { draftOf, inputOf } from './rule-draft';
import { RuleFilters } from './rule-filters';
import { RuleTimes } from './rule-times';
import { unitOf } from './rule-unit';
import { severities } from './severities';
import { useRuleName } from './use-rule-name';
import { useSave } from './use-save';

const changes = ['alert-rules', 'alerts'];
const metrics = [
  'failure_rate',
  'bounce_rate',
  'complaint_rate',
  'unknown_messages',
  'dead_messages',
  'queue_depth',
  'lateness',
  'breaker_open',
  'missed_schedules',
  'contacts_created',
  'event_count',
  'failures',
  'n8n_health',
] as const satisfies readonly Metric[];

/** What is watched, from when on it is an alert, and how long it must be so. */
export function RuleForm({ rule, onClose }: { rule: AlertRule | null; onClose: () => void }) {
  const t = useTranslations('alerts');
  const acts = useTranslations('acts');
  const nameOf = useRuleName();
  const shownName = rule && nameOf(rule.name);
  const [draft, setDraft] = useState(() => ({ ...draftOf(rule), name: shownName ?? '' }));
  // The name of an offered rule goes back as it came, so that others still read it in their language.
  const input = () => ({ ...inputOf(draft), ...(rule && draft.name === shownName && { name: rule.name }) });
  const set = (changes: Partial<RuleDraft>) => setDraft({ ...draft, ...changes });
  const { issues, panel } = useSave({
    id: rule?.id ?? null,
    make: () => answerOf(halyard.POST('/alert-rules', { body: input() })),
    rewrite: (id) => answerOf(halyard.PUT('/alert-rules/{id}', { params: { path: { id } }, body: input() })),
    changes,
    onClose,
  });
  return (
    <FormPanel
      title={t(rule ? 'rule.edit' : 'rule.new')}
      act={rule ? acts('save') : t('rule.create')}
      {...panel}
    >
      <div className="grid items-start gap-5 sm:grid-cols-2">
        <Field
          label={t('name')}
          value={draft.name}
          error={issues.name && t('rule.wrong.name')}
          onChange={({ target }) => set({ name: target.value })}
        />
        <ChoiceField
          label={t('severity')}
          hint={t('rule.severityHint')}
          value={draft.severity}
          options={severities.map((one) => [one, t(`severities.${one}`)])}
          onChange={({ target }) => set({ severity: target.value as RuleDraft['severity'] })}
        />
        <ChoiceField
          label={t('rule.metric')}
          hint={t(`rule.means.${draft.metric}`)}
          value={draft.metric}
          options={metrics.map((one) => [one, t(`rule.metrics.${one}`)])}
          onChange={({ target }) => set({ metric: target.value as Metric })}
        />
        <RuleFilters draft={draft} issues={issues} onChange={(filter) => set({ filter })} />
        <ChoiceField
          label={t('rule.comparison')}
          value={draft.comparison}
          options={(['at_least', 'at_most'] as const).map((one) => [one, t(`rule.comparisons.${one}`)])}
          onChange={({ target }) => set({ comparison: target.value as RuleDraft['comparison'] })}
        />
        <Field
          label={`${t('rule.threshold')} (${t(`rule.units.${unitOf(draft.metric)}`)})`}
          type="number"
          min={0}
          step="any"
          value={draft.threshold}
          error={issues.threshold && t('rule.wrong.number')}
          onChange={({ target }) => set({ threshold: target.value })}
        />
        <RuleTimes draft={draft} issues={issues} onChange={set} />
      </div>
      <CheckField
        label={t('rule.enabled')}
        hint={t('rule.enabledHint')}
        checked={draft.enabled}
        onChange={({ target }) => set({ enabled: target.checked })}
      />
      {rule && (
        <Remove
          what="rule"
          name={nameOf(rule.name)}
          remove={() => answerOf(halyard.DELETE('/alert-rules/{id}', { params: { path: { id: rule.id } } }))}
          changes={changes}
          onRemoved={onClose}
        />
      )}
    </FormPanel>
  );
}
