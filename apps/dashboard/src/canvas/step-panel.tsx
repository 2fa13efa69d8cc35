'use client';
import type { FlowDefinition, Step } from '@halyard/contracts/flows/definition';
import { Copy, Trash2, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '../components/button';
import { SignButton } from '../components/compact-controls';
import { bookingFacts, contactFacts, engagementFacts } from '../conditions/known-facts';
import { StepEditor } from '../flows/step-editor';
import { stepNames } from '../flows/steps';
import { TriggerEditor } from '../flows/trigger-editor';
import { triggerNode } from './layout';

interface Props {
  definition: FlowDefinition;
  selected: string | null;
  readOnly: boolean;
  titleOf: (id: string) => string;
  onChange: (step: Step) => void;
  onTrigger: (trigger: FlowDefinition['trigger']) => void;
  onDuplicate: (id: string) => void;
  onRemove: (id: string) => void;
  onClose: () => void;
}

/** The step that is selected, with all that it has: the same fields as in the form. */
export function StepPanel(props: Props) {
  const { definition, selected, readOnly, titleOf, onClose } = props;
  const t = useTranslations('canvas');
  const step = definition.steps.find(({ id }) => id === selected);
  if (!step && selected !== triggerNode)
    return <p className="rounded-lg border border-dashed border-rope-strong p-5 text-sm">{t('choose')}</p>;
  return (
    <section aria-label={t('panel')} className="rounded-lg border border-rope bg-sail">
      <header className="flex items-start justify-between gap-2 border-b border-rope px-4 py-2">
        <h2 className="min-w-0 py-1 text-base break-words">{titleOf(step?.id ?? triggerNode)}</h2>
        <SignButton label={t('close')} onClick={onClose}>
          <X aria-hidden="true" />
        </SignButton>
      </header>
      <fieldset disabled={readOnly} className="min-w-0 px-4 pt-3 pb-4">
        {step ? (
          <Editor {...props} step={step} />
        ) : (
          <TriggerEditor trigger={definition.trigger} onChange={props.onTrigger} />
        )}
      </fieldset>
    </section>
  );
}

function Editor({ definition, step, readOnly, onChange, onDuplicate, onRemove }: Props & { step: Step }) {
  const t = useTranslations('flow.step');
  const { [step.id]: _, ...others } = stepNames(definition);
  const messages = definition.steps.filter(({ id, type }) => type === 'message' && id !== step.id);
  return (
    <>
      <StepEditor
        key={step.id}
        step={step}
        names={others}
        facts={[...bookingFacts, ...contactFacts, ...messages.flatMap(({ id }) => engagementFacts(id))]}
        onChange={onChange}
      />
      {!readOnly && (
        <div className="flex flex-wrap gap-2 border-t border-rope pt-3">
          <Button look="outlined" onClick={() => onDuplicate(step.id)}>
            <Copy aria-hidden="true" />
            {t('duplicate')}
          </Button>
          {definition.steps.length > 1 && (
            <Button look="plain" onClick={() => onRemove(step.id)}>
              <Trash2 aria-hidden="true" />
              {t('delete')}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
