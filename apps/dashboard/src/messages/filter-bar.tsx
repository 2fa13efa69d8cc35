'use client';
import { channels } from '@halyard/contracts/channels';
import { useTranslations } from 'next-intl';
import { Button } from '../components/button';
import { Select } from '../components/select';
import type { MessageFilter } from '../data/queries';
import { RecipientFilter } from './recipient-filter';
import { signals } from './signals';

const classes = ['transactional', 'marketing', 'service'] as const;
const sources = ['flow', 'api', 'outreach', 'campaign', 'test', 'system', 'permit'] as const;
const statuses = Object.keys(signals) as (keyof typeof signals)[];

interface Props {
  filter: MessageFilter;
  onChange: (name: keyof MessageFilter, value: string) => void;
  /** Null where nothing is narrowed. */
  onClear: (() => void) | null;
}

export function FilterBar({ filter, onChange, onClear }: Props) {
  const t = useTranslations();
  const all = ['', t('messages.all')] as const;
  const offered = {
    status: statuses.map((status) => [status, t(`status.${status}`)] as const),
    channel: channels.map((channel) => [channel, t(`channels.${channel}`)] as const),
    class: classes.map((kind) => [kind, t(`classes.${kind}`)] as const),
    source: sources.map((source) => [source, t(`messages.sources.${source}`)] as const),
  };
  return (
    <search className="mb-4 grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap">
      {(['status', 'channel', 'class', 'source'] as const).map((name) => (
        <Select
          key={name}
          label={t(`messages.filters.${name}`)}
          value={filter[name]}
          options={[all, ...offered[name]]}
          onChange={(value) => onChange(name, value)}
        />
      ))}
      <RecipientFilter value={filter.contact_id} onChange={(id) => onChange('contact_id', id)} />
      {onClear && (
        <Button look="plain" onClick={onClear}>
          {t('messages.clear')}
        </Button>
      )}
    </search>
  );
}
