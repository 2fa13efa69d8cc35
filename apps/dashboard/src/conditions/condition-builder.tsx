'use client';
import type { Condition } from '@halyard/contracts/conditions';
import { ListPlus, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '../components/button';
import { CompactSelect } from '../components/compact-controls';
import { ComparisonRow } from './comparison-row';
import type { Group } from './comparisons';
import { conditionOf, groupOf, joined, withFact } from './comparisons';
import type { KnownFact } from './known-facts';

export interface ConditionBuilderProps {
  /** What the condition decides, such as "Who gets in"; for screen readers, unless the page shows it. */
  label: string;
  /** What holds without any condition, such as "Everybody". */
  none: string;
  value: Condition | undefined;
  onChange: (condition: Condition | undefined) => void;
  /** The facts that can be picked by name; others by their path. */
  facts: readonly KnownFact[];
  /** Names of the message steps that facts may mean, by their ids. */
  steps?: Readonly<Record<string, string>>;
}

/** A condition over facts, put together from comparisons; its words are those of the area `flows`. */
export function ConditionBuilder({ label, none, value, onChange, ...known }: ConditionBuilderProps) {
  const group = groupOf(value);
  return (
    <fieldset className="grid gap-2">
      <legend className="sr-only">{label}</legend>
      {group.parts.length === 0 && <p className="text-sm text-ink-soft">{none}</p>}
      <Parts group={group} depth={0} onChange={(next) => onChange(conditionOf(next))} {...known} />
    </fieldset>
  );
}

interface PartsProps extends Pick<ConditionBuilderProps, 'facts' | 'steps'> {
  group: Group;
  depth: number;
  onChange: (group: Group) => void;
}

function Parts({ group, depth, onChange, facts, steps }: PartsProps) {
  const t = useTranslations('conditions');
  const { join, parts } = group;
  const replace = (at: number, next: Condition | null) =>
    onChange({
      join,
      parts: parts.flatMap((part, place) => (place !== at ? [part] : next === null ? [] : [next])),
    });
  const first = facts[0] ?? { path: 'contact.first_name', kind: 'text' as const };
  const fresh = withFact({ field: first.path, op: 'exists' }, first.path, first.kind);
  return (
    <>
      {parts.length > 1 && (
        <CompactSelect
          label={t('join')}
          value={join}
          options={[
            ['all', t('all')],
            ['any', t('any')],
          ]}
          onChoose={(next) => onChange({ join: next === 'any' ? 'any' : 'all', parts })}
          className="justify-self-start"
        />
      )}
      {parts.map((part, at) => (
        <Part
          // biome-ignore lint/suspicious/noArrayIndexKey: comparisons have nothing else that tells them apart.
          key={at}
          part={part}
          depth={depth}
          facts={facts}
          {...(steps && { steps })}
          onChange={(next) => replace(at, next)}
        />
      ))}
      <div className="-ml-4 flex flex-wrap gap-1">
        <Button look="plain" onClick={() => onChange({ join, parts: [...parts, fresh] })}>
          <Plus aria-hidden="true" />
          {t('add')}
        </Button>
        {depth < 2 && parts.length > 0 && (
          <Button
            look="plain"
            onClick={() =>
              onChange({
                join,
                parts: [...parts, joined({ join: join === 'all' ? 'any' : 'all', parts: [fresh] })],
              })
            }
          >
            <ListPlus aria-hidden="true" />
            {t('addGroup')}
          </Button>
        )}
      </div>
    </>
  );
}

interface PartProps extends Pick<ConditionBuilderProps, 'facts' | 'steps'> {
  part: Condition;
  depth: number;
  /** Null takes it out. */
  onChange: (condition: Condition | null) => void;
}

/** A comparison, or a group within, which stays a group while it is put together. */
function Part({ part, depth, onChange, facts, steps }: PartProps) {
  const t = useTranslations('conditions');
  if ('field' in part)
    return (
      <ComparisonRow
        comparison={part}
        facts={facts}
        steps={steps}
        onChange={onChange}
        onRemove={() => onChange(null)}
      />
    );
  const denied = 'not' in part;
  return (
    <div className="grid gap-2 border-l-2 border-rope pl-3">
      {denied && <p className="text-sm font-semibold">{t('noneOf')}</p>}
      <Parts
        group={groupOf(denied ? part.not : part)}
        depth={depth + 1}
        facts={facts}
        {...(steps && { steps })}
        onChange={(group) => {
          if (group.parts.length === 0) onChange(null);
          else onChange(denied ? { not: joined(group) } : joined(group));
        }}
      />
    </div>
  );
}
