'use client';
import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '../components/button';
import { CompactInput, CompactSelect, SignButton } from '../components/compact-controls';
import { ConditionBuilder } from '../conditions/condition-builder';
import { bookingFacts, contactFacts } from '../conditions/known-facts';
import { EventField } from './event-field';

type Rule = FlowDefinition['exits'][number];

interface Props {
  definition: FlowDefinition;
  editable: boolean;
  onChange: (next: FlowDefinition, field?: string) => void;
}

/** What ends a run early: the goal, and other exits. */
export function EndsEditor({ definition, editable, onChange }: Props) {
  const t = useTranslations('flow.ends');
  const { goal, exits } = definition;
  const setGoal = (next: Rule | null) => {
    const { goal: _, ...rest } = definition;
    onChange(next ? { ...rest, goal: next } : rest, 'goal');
  };
  const setExits = (next: Rule[]) => onChange({ ...definition, exits: next }, 'exits');
  return (
    <div className="grid gap-3">
      <p className="text-xs font-semibold text-ink-soft">{t('title')}</p>
      {!goal && exits.length === 0 && <p className="text-sm text-ink-soft">{t('none')}</p>}
      {goal && <RuleEditor kind="goal" rule={goal} onChange={setGoal} />}
      {exits.map((rule, at) => (
        <RuleEditor
          // biome-ignore lint/suspicious/noArrayIndexKey: the name is what is edited.
          key={at}
          kind="exit"
          rule={rule}
          onChange={(next) =>
            setExits(exits.flatMap((one, place) => (place !== at ? [one] : next ? [next] : [])))
          }
        />
      ))}
      {editable && (
        <div className="-ml-4 flex flex-wrap gap-1">
          {!goal && (
            <Button look="plain" onClick={() => setGoal({ name: 'goal', event: 'booking.created' })}>
              <Plus aria-hidden="true" />
              {t('addGoal')}
            </Button>
          )}
          <Button
            look="plain"
            onClick={() =>
              setExits([...exits, { name: `exit-${exits.length + 1}`, event: 'contact.unsubscribed' }])
            }
          >
            <Plus aria-hidden="true" />
            {t('addExit')}
          </Button>
        </div>
      )}
    </div>
  );
}

interface RuleProps {
  kind: 'goal' | 'exit';
  rule: Rule;
  onChange: (rule: Rule | null) => void;
}

function RuleEditor({ kind, rule, onChange }: RuleProps) {
  const t = useTranslations('flow.ends');
  const { event, condition } = rule;
  return (
    <div className="grid gap-2 border-l-2 border-rope pl-3">
      <div className="flex items-center gap-2">
        <span className="text-sm text-ink-soft">{t(kind)}</span>
        <CompactInput
          label={t('name')}
          value={rule.name}
          className="w-full flex-1"
          onChange={({ target }) => onChange({ ...rule, name: target.value })}
        />
        <SignButton label={t('remove', { name: rule.name })} onClick={() => onChange(null)}>
          <X aria-hidden="true" />
        </SignButton>
      </div>
      {event !== undefined && (
        <div className="flex flex-wrap items-center gap-2">
          <EventField value={event} onChange={(next) => onChange({ ...rule, event: next })} />
          <CompactSelect
            label={t('about')}
            value={rule.same_subject ? 'same' : 'any'}
            options={[
              ['any', t('anySubject')],
              ['same', t('sameSubject')],
            ]}
            onChoose={(next) => {
              const { same_subject: _, ...rest } = rule;
              onChange(next === 'same' ? { ...rest, same_subject: true } : rest);
            }}
            className="max-w-full"
          />
        </div>
      )}
      <ConditionBuilder
        label={t('condition')}
        none={t('noCondition')}
        facts={[...bookingFacts, ...contactFacts]}
        value={condition}
        onChange={(next) => {
          const { condition: _, ...rest } = rule;
          if (next) onChange({ ...rest, condition: next });
          else if (event !== undefined) onChange(rest);
        }}
      />
    </div>
  );
}
