'use client';
import { channels } from '@halyard/contracts/channels';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Button } from '../components/button';
import { CompactInput } from '../components/compact-controls';
import { Select } from '../components/select';
import type { TemplateFilter } from '../data/templates';
import { useSettled } from '../data/use-settled';

interface Props {
  filter: TemplateFilter;
  onChange: (changes: Partial<TemplateFilter>) => void;
  /** Null where nothing is narrowed. */
  onClear: (() => void) | null;
}

export function TemplateFilters({ filter, onChange, onClear }: Props) {
  const t = useTranslations();
  return (
    <search className="mb-4 grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap">
      <Search value={filter.search} onSearch={(search) => onChange({ search })} />
      <Select
        label={t('templates.columns.channel')}
        value={filter.channel}
        options={[['', t('list.all')], ...channels.map((one) => [one, t(`channels.${one}`)] as const)]}
        onChange={(channel) => onChange({ channel })}
      />
      <Select
        label={t('templates.shown')}
        value={filter.archived}
        options={[
          ['', t('templates.inUse')],
          ['true', t('templates.archived')],
        ]}
        onChange={(archived) => onChange({ archived })}
      />
      {onClear && (
        <Button look="plain" onClick={onClear}>
          {t('list.clear')}
        </Button>
      )}
    </search>
  );
}

/** What is typed goes into the address once it rests. */
function Search({ value, onSearch }: { value: string; onSearch: (search: string) => void }) {
  const t = useTranslations('templates');
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  const settled = useSettled(typed.trim());
  if (value !== known) {
    setKnown(value); // cleared, or another address
    if (value !== typed.trim()) setTyped(value);
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed is searched for.
  useEffect(() => {
    if (settled !== value && settled === typed.trim()) onSearch(settled);
  }, [settled]);
  return (
    <CompactInput
      label={t('search')}
      placeholder={t('search')}
      type="search"
      value={typed}
      onChange={({ target }) => setTyped(target.value)}
      className="col-span-2 sm:w-64"
    />
  );
}
