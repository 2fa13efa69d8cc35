'use client';
import { channels } from '@halyard/contracts/channels';
import { useTranslations } from 'next-intl';
import { useEffect, useId, useState } from 'react';
import { Button } from '../../components/button';
import { Select } from '../../components/select';
import { reasons } from './offered';

type Name = 'channel' | 'reason' | 'address';

interface Props {
  filter: Record<Name, string>;
  onChange: (changes: Partial<Record<Name, string>>) => void;
  onClear: (() => void) | null;
}

export function SuppressionFilters({ filter, onChange, onClear }: Props) {
  const t = useTranslations();
  const words = useTranslations('settings.suppressions');
  const id = useId();
  const [address, setAddress] = useState(filter.address);
  useEffect(() => setAddress(filter.address), [filter.address]);
  const all = ['', t('list.all')] as const;
  return (
    <search>
      <form
        className="mb-4 grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap"
        onSubmit={(event) => {
          event.preventDefault();
          onChange({ address: address.trim() });
        }}
      >
        <Select
          label={words('channel')}
          value={filter.channel}
          options={[all, ...channels.map((one) => [one, t(`channels.${one}`)] as const)]}
          onChange={(channel) => onChange({ channel })}
        />
        <Select
          label={words('reason')}
          value={filter.reason}
          options={[all, ...reasons.map((one) => [one, words(`reasons.${one}`)] as const)]}
          onChange={(reason) => onChange({ reason })}
        />
        <div className="col-span-2 grid gap-1">
          <label htmlFor={id} className="text-xs font-semibold text-ink-soft">
            {words('wholeAddress')}
          </label>
          <div className="flex gap-2">
            <input
              id={id}
              value={address}
              onChange={({ target }) => setAddress(target.value)}
              className="h-11 min-w-0 flex-1 rounded-md border border-rope-strong bg-sail px-2.5 text-sm sm:h-9 sm:w-56"
            />
            <Button type="submit" look="outlined">
              {t('list.search')}
            </Button>
          </div>
        </div>
        {onClear && (
          <Button look="plain" onClick={onClear}>
            {t('list.clear')}
          </Button>
        )}
      </form>
    </search>
  );
}
