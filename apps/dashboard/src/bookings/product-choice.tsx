'use client';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { ChoiceField } from '../components/field';
import type { Product } from '../data/products';
import { localOf } from '../i18n/zoned';
import type { NewBookingForm } from './new-booking-contract';

interface Props {
  form: UseFormReturn<NewBookingForm>;
  products: readonly Product[];
  /** The organization's, for products that have none. */
  zone: string;
}

/** What is booked. Its dates are taken over, to be changed where they differ. */
export function ProductChoice({ form, products, zone }: Props) {
  const t = useTranslations('bookings.form');
  const { setValue } = form;
  const id = form.watch('product_id');
  const product = products.find((one) => one.id === id);
  useEffect(() => {
    if (!product) return;
    const own = product.time_zone ?? zone;
    setValue('time_zone', own);
    if (product.starts_at) setValue('starts', localOf(product.starts_at, own));
    if (product.ends_at) setValue('ends', localOf(product.ends_at, own));
  }, [product, zone, setValue]);
  const options = products
    .map(({ id, name }) => [id, name] as const)
    .sort(([, one], [, other]) => one.localeCompare(other));
  return (
    <ChoiceField
      label={t('product')}
      hint={products.length === 0 ? t('noProducts') : undefined}
      options={[['', t('noProduct')], ...options]}
      {...form.register('product_id')}
    />
  );
}
