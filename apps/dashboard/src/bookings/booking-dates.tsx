'use client';
import { useTranslations } from 'next-intl';
import type { UseFormReturn } from 'react-hook-form';
import { Field } from '../components/field';
import { TimeZoneField } from '../components/time-zone-field';
import type { Product } from '../data/products';
import { instantOf, localOf } from '../i18n/zoned';
import type { NewBookingForm } from './new-booking-contract';

interface Props {
  form: UseFormReturn<NewBookingForm>;
  products: readonly Product[];
  issues: Readonly<Record<string, string>>;
}

/** From when to when, on the clock of which zone. The end follows the start as long as nobody sets it. */
export function BookingDates({ form, products, issues }: Props) {
  const t = useTranslations('bookings.form');
  const { errors, dirtyFields } = form.formState;
  const onStart = (starts: string) => {
    const { time_zone, product_id } = form.getValues();
    const at = instantOf(starts, time_zone);
    if (!at || dirtyFields.ends) return;
    const length = lengthOf(products.find(({ id }) => id === product_id)) ?? hour;
    form.setValue('ends', localOf(Date.parse(at) + length, time_zone));
  };
  const endError = form.watch('ends') ? t('endBefore') : t('endMissing');
  return (
    <>
      <Field
        label={t('start')}
        type="datetime-local"
        error={(errors.starts && t('startMissing')) ?? issues.starts_at}
        {...form.register('starts', { onChange: (event) => onStart(event.target.value) })}
      />
      <Field
        label={t('end')}
        type="datetime-local"
        error={(errors.ends && endError) ?? issues.ends_at}
        {...form.register('ends')}
      />
      <TimeZoneField
        label={t('zone')}
        error={(errors.time_zone && t('zoneWrong')) ?? issues.time_zone}
        {...form.register('time_zone')}
      />
    </>
  );
}

const hour = 3_600_000;

const lengthOf = (product: Product | undefined): number | null =>
  product?.starts_at && product.ends_at ? Date.parse(product.ends_at) - Date.parse(product.starts_at) : null;
