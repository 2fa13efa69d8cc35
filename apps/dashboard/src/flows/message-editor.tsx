'use client';
import type { MessageStep } from '@halyard/contracts/flows/definition';
import { useQuery } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { ChoiceField } from '../components/field';
import { ConditionBuilder } from '../conditions/condition-builder';
import { topicsQuery } from '../data/flows';
import { ChannelsField } from './channels-field';
import type { StepEditorProps } from './step-editor-props';
import { TemplateField } from './template-field';
import { TimingEditor } from './timing-editor';
import { TimingLimits } from './timing-limits';

const classes = ['transactional', 'service', 'marketing'] as const;

/** A message: when, what, on which channels, and by which rules. */
export function MessageEditor({ step, onChange, facts, names }: StepEditorProps<MessageStep>) {
  const t = useTranslations('flow.message');
  const className = useTranslations('classes');
  const setTiming = (timing: MessageStep['timing']) => {
    const { timing: _, ...rest } = step;
    onChange(timing ? { ...rest, timing } : rest);
  };
  return (
    <div className="grid gap-5">
      <TimingEditor timing={step.timing} onChange={setTiming} />
      <div className="grid gap-5 sm:grid-cols-2">
        <TemplateField step={step} onChange={(template) => onChange({ ...step, template })} />
        <ChannelsField value={step.channels} onChange={(channels) => onChange({ ...step, channels })} />
        <ChoiceField
          compact
          label={t('class')}
          value={step.class}
          options={classes.map((kind) => [kind, className(kind)] as const)}
          hint={t(`classHints.${step.class}`)}
          onChange={({ target }) => onChange({ ...step, class: target.value as MessageStep['class'] })}
        />
        <TopicField value={step.topic} onChange={(topic) => onChange({ ...step, topic })} />
      </div>
      <div className="grid gap-1.5">
        <p className="text-xs font-semibold text-ink-soft">{t('condition')}</p>
        <ConditionBuilder
          label={t('condition')}
          none={t('noCondition')}
          facts={facts}
          steps={names}
          value={step.condition}
          onChange={(condition) => {
            const { condition: _, ...rest } = step;
            onChange(condition ? { ...rest, condition } : rest);
          }}
        />
      </div>
      <details className="group">
        <summary className="flex min-h-11 items-center gap-2 text-sm font-semibold sm:min-h-9">
          <ChevronRight className="size-4 group-open:rotate-90" aria-hidden="true" />
          {t('more')}
        </summary>
        <div className="pt-2">
          <TimingLimits timing={step.timing} onChange={setTiming} />
        </div>
      </details>
    </div>
  );
}

function TopicField({ value, onChange }: { value: string; onChange: (topic: string) => void }) {
  const t = useTranslations('flow.message');
  const locale = useLocale();
  const { data } = useQuery(topicsQuery);
  const topics =
    data?.items.map(({ key, name }) => {
      const names: Record<string, string> = name;
      return [key, names[locale] ?? names.en ?? key] as const;
    }) ?? [];
  const known = value === '*' || topics.some(([key]) => key === value);
  return (
    <ChoiceField
      compact
      label={t('topic')}
      hint={t('topicHint')}
      value={value}
      options={[['*', t('noTopic')], ...topics, ...(known ? [] : [[value, value] as const])]}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
