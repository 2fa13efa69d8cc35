'use client';
import type { WorkflowStep } from '@halyard/contracts/flows/workflow-step';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { CheckField, ChoiceField, Field } from '../components/field';
import { DurationField } from '../conditions/duration-field';
import { connectionsQuery } from '../data/queries';
import { PlaceField } from './place-field';
import type { StepEditorProps } from './step-editor-props';

/** Which workflow is called, and whether its answer is waited for. */
export function WorkflowEditor({ step, onChange, names }: StepEditorProps<WorkflowStep>) {
  const t = useTranslations('flow.workflow');
  const lead = (way: 'on_timeout' | 'on_failure') => (place: string | null | undefined) => {
    const { [way]: _, ...rest } = step;
    onChange(place === undefined ? (rest as WorkflowStep) : { ...step, [way]: place });
  };
  return (
    <div className="grid gap-4">
      <ConnectionField value={step.connection} onChange={(connection) => onChange({ ...step, connection })} />
      <Field
        compact
        label={t('path')}
        hint={t('pathHint')}
        value={step.path}
        onChange={({ target }) => onChange({ ...step, path: target.value })}
      />
      <CheckField
        label={t('wait')}
        hint={t('waitHint')}
        checked={step.wait}
        onChange={({ target }) => onChange(waiting(step, target.checked))}
      />
      <div className="flex flex-wrap items-center gap-2">
        <span className="text-sm">{t('timeout')}</span>
        <DurationField
          label={t('timeout')}
          value={step.timeout}
          onChange={(timeout) => onChange({ ...step, timeout })}
        />
      </div>
      {step.wait &&
        (['on_timeout', 'on_failure'] as const).map((way) => (
          <div key={way} className="flex flex-wrap items-center gap-2">
            <span className="text-sm">{t(way === 'on_timeout' ? 'onTimeout' : 'onFailure')}</span>
            <PlaceField
              label={t(way === 'on_timeout' ? 'onTimeout' : 'onFailure')}
              open
              value={step[way]}
              names={names}
              onChange={lead(way)}
            />
          </div>
        ))}
    </div>
  );
}

/** Who does not wait goes neither way. */
function waiting({ on_timeout, on_failure, ...step }: WorkflowStep, wait: boolean): WorkflowStep {
  if (!wait) return { ...step, wait };
  return {
    ...step,
    wait,
    ...(on_timeout !== undefined && { on_timeout }),
    ...(on_failure !== undefined && { on_failure }),
  };
}

function ConnectionField({ value, onChange }: { value: string; onChange: (name: string) => void }) {
  const t = useTranslations('flow.workflow');
  const { data } = useQuery(connectionsQuery);
  const found = data?.items.filter(({ provider }) => provider === 'n8n') ?? [];
  const options = found.map(({ name }) => [name, name] as const);
  const named = found.find(({ id, name }) => id === value || name === value)?.name;
  return (
    <ChoiceField
      compact
      label={t('connection')}
      value={named ?? value}
      options={named ? options : [[value, t('noConnection', { name: value })], ...options]}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
