'use client';
import { channels } from '@halyard/contracts/channels';
import { useTranslations } from 'next-intl';
import { Button } from '../components/button';
import { SearchField } from '../components/search-field';
import { Select } from '../components/select';
import type { ContactFilter } from '../data/contacts';
import { usePlaces } from './places';

const days = ['1', '7', '30', '365'] as const;
const orders = ['newest', 'oldest', 'name', 'name_desc'] as const;

interface Props {
  filter: ContactFilter;
  onChange: (changes: Partial<ContactFilter>) => void;
  /** Null where nothing is narrowed. */
  onClear: (() => void) | null;
}

export function ContactFilters({ filter, onChange, onClear }: Props) {
  const t = useTranslations();
  const places = usePlaces();
  const all = ['', t('list.all')] as const;
  const offered = {
    country: places.countries(filter.country),
    locale: places.languages(filter.locale),
    preferred_channel: channels.map((channel) => [channel, t(`channels.${channel}`)] as const),
    added: days.map((count) => [count, t('contacts.addedSince', { count: Number(count) })] as const),
  };
  return (
    <search className="mb-4 grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap">
      <div className="col-span-2 sm:min-w-48 sm:flex-1">
        <SearchField
          label={t('list.search')}
          placeholder={t('contacts.searchHint')}
          value={filter.search}
          onSearch={(search) => onChange({ search })}
        />
      </div>
      {(['country', 'locale', 'preferred_channel', 'added'] as const).map((name) => (
        <div key={name} className="grid sm:w-36">
          <Select
            label={t(`contacts.filters.${name}`)}
            value={filter[name]}
            options={[all, ...offered[name]]}
            onChange={(value) => onChange({ [name]: value })}
          />
        </div>
      ))}
      {!filter.search && (
        <div className="col-span-2 grid sm:hidden">
          <Select
            label={t('contacts.filters.order')}
            value={filter.order || 'newest'}
            options={orders.map((order) => [order, t(`contacts.orders.${order}`)] as const)}
            onChange={(order) => onChange({ order: order === 'newest' ? '' : order })}
          />
        </div>
      )}
      {onClear && (
        <Button look="plain" onClick={onClear}>
          {t('list.clear')}
        </Button>
      )}
    </search>
  );
}
