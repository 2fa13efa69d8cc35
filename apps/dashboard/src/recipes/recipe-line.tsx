'use client';
import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import { useTranslations } from 'next-intl';
import { StepMark } from '../flows/step-mark';
import { stepNames } from '../flows/steps';
import { useSayFlow } from '../flows/use-say-flow';

/** A flow drawn small: what starts it, and its steps on a line. */
export function RecipeLine({ definition }: { definition: FlowDefinition }) {
  const t = useTranslations('recipes');
  const say = useSayFlow(stepNames(definition));
  const messages = definition.steps.filter(({ type }) => type === 'message').length;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5">
      <p className="text-sm">
        <span className="font-semibold">{definition.name}</span>
        <span className="block text-xs text-ink-soft">{say.trigger(definition.trigger)}</span>
      </p>
      <div
        className="flex flex-wrap items-center gap-y-1"
        role="img"
        aria-label={t('messages', { count: messages })}
      >
        {definition.steps.map((step, at) => (
          <span
            key={step.id}
            className="flex items-center"
            title={
              step.type === 'message' ? say.moment(step.timing, definition.steps.slice(0, at)) : undefined
            }
          >
            {at > 0 && <span className="h-0.5 w-3 bg-rope-strong" />}
            <StepMark type={step.type} />
          </span>
        ))}
      </div>
    </li>
  );
}
