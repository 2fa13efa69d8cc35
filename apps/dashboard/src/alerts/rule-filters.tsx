'use client';
import { channels } from '@halyard/contracts/channels';
import { useTranslations } from 'next-intl';
import { ChoiceField, Field } from '../components/field';
import type { RuleDraft } from './rule-draft';
import { filtersOf } from './rule-draft';
import { severities } from './severities';

const queues = ['messages', 'events', 'deliveries'] as const;

interface Props {
  draft: RuleDraft;
  issues: Readonly<Record<string, string>>;
  onChange: (filter: RuleDraft['filter']) => void;
}

/** What narrows the metric down: a channel, a type of event, a queue, a service. */
export function RuleFilters({ draft: { metric, filter }, issues, onChange }: Props) {
  const t = useTranslations();
  const words = useTranslations('alerts.rule');
  const choices = {
    channel: channels.map((one) => [one, t(`channels.${one}`)] as const),
    queue: queues.map((one) => [one, words(`queues.${one}`)] as const),
    severity: severities.map((one) => [one, t(`alerts.severities.${one}`)] as const),
  };
  return filtersOf(metric).map((name) => {
    const given = {
      label: words(`filters.${name}`),
      value: filter[name],
      error: issues[`filter.${name}`] && words(`wrong.${name === 'event_type' ? 'event_type' : 'filter'}`),
      onChange: ({ target }: { target: { value: string } }) => onChange({ ...filter, [name]: target.value }),
    };
    return name in choices ? (
      <ChoiceField
        key={name}
        {...given}
        options={[['', t('list.all')], ...choices[name as keyof typeof choices]]}
      />
    ) : (
      <Field key={name} {...given} placeholder={name === 'event_type' ? 'booking.created' : ''} />
    );
  });
}
