'use client';
import type { Step } from '@halyard/contracts/flows/definition';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useMemo } from 'react';
import { useTell } from '../components/told';
import { bookingFacts, contactFacts, engagementFacts } from '../conditions/known-facts';
import { templatesQuery } from '../data/queries';
import { AddStep } from './add-step';
import type { PlacedFindings } from './findings';
import { FindingsList } from './findings-list';
import { FlowRules } from './flow-rules';
import { newStep } from './new-step';
import { removeStep } from './remove-step';
import { StepEditor } from './step-editor';
import { StepMenu } from './step-menu';
import { StepRow } from './step-row';
import { useStepSummary } from './step-summary';
import { duplicateStep, insertStep, moveStep, replaceStep, stepNames } from './steps';
import { TriggerRow } from './trigger-row';
import type { Draft } from './use-draft';

/** What stands in the address while the trigger is edited; no id of a step is like it. */
const begin = '.begin';

interface Props {
  draft: Draft;
  editable: boolean;
  findings: PlacedFindings;
  /** The step that is edited; '' for none. */
  open: string;
  onOpen: (stepId: string) => void;
}

/** The definition from top to bottom, for people who never saw a canvas. */
export function SequenceForm({ draft, editable, findings, open, onOpen }: Props) {
  const { definition, change, undo } = draft;
  const t = useTranslations('flow.step');
  const tell = useTell();
  const names = useMemo(() => stepNames(definition), [definition]);
  const summary = useStepSummary(definition, names);
  const { data: templates } = useQuery(templatesQuery);
  // Who comes by a link, or from what the check found, sees the step.
  useEffect(() => {
    if (open) document.getElementById(`step-${open}`)?.scrollIntoView({ block: 'nearest' });
  }, [open]);
  const toggle = (id: string) => onOpen(open === id ? '' : id);

  const add = (type: Step['type']) => {
    const step = newStep(type, definition, templates?.items[0]?.key);
    change(insertStep(definition, definition.steps.length, step));
    onOpen(step.id);
  };
  const remove = (step: Step) => {
    change(removeStep(definition, step.id));
    tell({ text: t('deleted', { title: summary.title(step) }), undo });
  };
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_19rem]">
      <section aria-label={t('sequence')} className="rounded-lg border border-rope bg-sail">
        <TriggerRow
          trigger={definition.trigger}
          open={open === begin}
          onToggle={() => toggle(begin)}
          onChange={editable ? (trigger) => change({ ...definition, trigger }, 'trigger') : null}
        />
        <ol>
          {definition.steps.map((step, at) => {
            const { [step.id]: _, ...others } = names;
            const earlier = definition.steps.slice(0, at).filter((one) => one.type === 'message');
            const title = summary.title(step);
            return (
              <StepRow
                key={step.id}
                step={step}
                title={title}
                when={summary.when(step, at)}
                what={summary.what(step)}
                findings={findings.steps.get(at) ?? []}
                open={open === step.id}
                onToggle={() => toggle(step.id)}
                onDrop={editable ? (id) => change(moveStep(definition, id, at)) : null}
                menu={
                  editable && (
                    <StepMenu
                      title={title}
                      first={at === 0}
                      last={at === definition.steps.length - 1}
                      onMove={(by) => change(moveStep(definition, step.id, at + by))}
                      onDuplicate={() => change(duplicateStep(definition, step.id))}
                      onDelete={() => remove(step)}
                    />
                  )
                }
              >
                <fieldset disabled={!editable} className="min-w-0">
                  <StepEditor
                    step={step}
                    names={others}
                    facts={[
                      ...bookingFacts,
                      ...contactFacts,
                      ...earlier.flatMap(({ id }) => engagementFacts(id)),
                    ]}
                    onChange={(next) => change(replaceStep(definition, next), `steps.${step.id}`)}
                  />
                </fieldset>
              </StepRow>
            );
          })}
        </ol>
        {editable && <AddStep onAdd={add} />}
      </section>
      <div className="grid gap-5">
        <FindingsList findings={findings.whole} />
        <FlowRules definition={definition} editable={editable} onChange={change} />
      </div>
    </div>
  );
}
