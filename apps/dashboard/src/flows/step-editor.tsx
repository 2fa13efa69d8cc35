'use client';
import type { Step } from '@halyard/contracts/flows/definition';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { ChoiceField, Field } from '../components/field';
import { flowsQuery } from '../data/queries';
import { BranchEditor } from './branch-editor';
import { MessageEditor } from './message-editor';
import { PlaceField } from './place-field';
import { SplitEditor } from './split-editor';
import type { StepEditorProps } from './step-editor-props';
import { UpdateContactEditor } from './update-contact-editor';
import { WaitEditor } from './wait-editor';
import { WorkflowEditor } from './workflow-editor';

/** One step, with all that its kind has. */
export function StepEditor(props: StepEditorProps) {
  const { step, onChange, names } = props;
  const t = useTranslations('flow');
  return (
    <div className="grid gap-5 pt-1 pb-4">
      <Kind {...props} />
      <div className="grid gap-5 border-t border-rope pt-4 sm:grid-cols-2">
        <Field
          compact
          label={t('step.name')}
          hint={t('step.nameHint', { id: step.id })}
          value={step.name ?? ''}
          maxLength={200}
          onChange={({ target }) => {
            const { name: _, ...rest } = step;
            onChange(target.value ? { ...step, name: target.value } : (rest as Step));
          }}
        />
        {step.type !== 'exit' && step.type !== 'split' && (
          <div className="grid content-start gap-1.5">
            <p className="text-xs font-semibold text-ink-soft">
              {t(step.type === 'branch' ? 'ways.otherwise' : 'ways.then')}
            </p>
            <PlaceField
              label={t(step.type === 'branch' ? 'ways.otherwise' : 'ways.then')}
              open
              value={step.next}
              names={names}
              onChange={(next) => {
                const { next: _, ...rest } = step;
                onChange(next === undefined ? (rest as Step) : { ...step, next });
              }}
            />
          </div>
        )}
      </div>
    </div>
  );
}

function Kind({ step, onChange, ...known }: StepEditorProps) {
  const t = useTranslations('flow.step');
  switch (step.type) {
    case 'message':
      return <MessageEditor step={step} onChange={onChange} {...known} />;
    case 'wait':
      return <WaitEditor step={step} onChange={onChange} {...known} />;
    case 'branch':
      return <BranchEditor step={step} onChange={onChange} {...known} />;
    case 'split':
      return <SplitEditor step={step} onChange={onChange} {...known} />;
    case 'update_contact':
      return <UpdateContactEditor step={step} onChange={onChange} {...known} />;
    case 'start_flow':
    case 'stop_flow':
      return <FlowField value={step.flow} onChange={(flow) => onChange({ ...step, flow })} />;
    case 'webhook':
      return (
        <Field
          compact
          label={t('webhookEvent')}
          hint={t('webhookHint')}
          value={step.event}
          onChange={({ target }) => onChange({ ...step, event: target.value })}
        />
      );
    case 'n8n_workflow':
      return <WorkflowEditor step={step} onChange={onChange} {...known} />;
    case 'exit':
      return (
        <Field
          compact
          label={t('exitReason')}
          value={step.reason ?? ''}
          onChange={({ target }) => {
            const { reason: _, ...rest } = step;
            onChange(target.value ? { ...rest, reason: target.value } : rest);
          }}
        />
      );
  }
}

function FlowField({ value, onChange }: { value: string; onChange: (key: string) => void }) {
  const t = useTranslations('flow.step');
  const { data } = useQuery(flowsQuery);
  const options = data?.items.map(({ key, name }) => [key, name] as const) ?? [];
  const known = options.some(([key]) => key === value);
  return (
    <ChoiceField
      compact
      label={t('otherFlow')}
      value={value}
      options={known ? options : [[value, t('noFlow', { key: value })], ...options]}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
