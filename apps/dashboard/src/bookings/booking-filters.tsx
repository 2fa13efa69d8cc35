'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Button } from '../components/button';
import { Field } from '../components/field';
import { Select } from '../components/select';
import { ContactPicker, choiceOf } from '../contacts/contact-picker';

import { productsQuery } from '../data/products';
import { contactQuery } from '../data/queries';
import type { ListFilter } from './list-filter';

interface Props {
  values: ListFilter;
  onChange: (changes: Partial<ListFilter>) => void;
  /** Null where nothing is narrowed. */
  onClear: (() => void) | null;
}

const statuses = ['confirmed', 'checked_in', 'completed', 'cancelled'] as const;

export function BookingFilters({ values, onChange, onClear }: Props) {
  const t = useTranslations('bookings');
  const { data: products } = useQuery(productsQuery);
  const { data: contact } = useQuery({
    ...contactQuery(values.contact_id),
    enabled: values.contact_id !== '',
  });
  const all = ['', t('all')] as const;
  return (
    <search className="mb-4 grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap">
      <ContactPicker
        compact
        className="col-span-2 sm:w-64"
        label={t('filters.contact')}
        chosen={values.contact_id && contact ? choiceOf(contact) : null}
        onChoose={(chosen) => onChange({ contact_id: chosen?.id ?? '', when: chosen ? 'all' : values.when })}
      />
      <Select
        label={t('filters.when')}
        value={values.when}
        options={[
          ['', t('when.ahead')],
          ['past', t('when.past')],
          ['all', t('when.all')],
          ['between', t('when.between')],
        ]}
        onChange={(when) => onChange({ when, from: '', until: '' })}
      />
      <Select
        label={t('filters.status')}
        value={values.status}
        options={[all, ...statuses.map((status) => [status, t(`statuses.${status}`)] as const)]}
        onChange={(status) => onChange({ status })}
      />
      <Select
        label={t('filters.product')}
        value={values.product_id}
        options={[all, ...(products?.items ?? []).map(({ id, name }) => [id, name] as const)]}
        onChange={(product_id) => onChange({ product_id })}
      />
      {values.when === 'between' &&
        (['from', 'until'] as const).map((name) => (
          <Field
            key={name}
            compact
            type="date"
            label={t(`filters.${name}`)}
            value={values[name]}
            onChange={(event) => onChange({ [name]: event.target.value })}
          />
        ))}
      {onClear && (
        <Button look="plain" onClick={onClear}>
          {t('clear')}
        </Button>
      )}
    </search>
  );
}
