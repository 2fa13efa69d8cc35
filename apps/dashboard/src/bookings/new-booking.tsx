'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import type { AttributeRow } from '../components/attribute-rows';
import { AttributeRows } from '../components/attribute-rows';
import { Button } from '../components/button';
import { Field } from '../components/field';
import { Panel } from '../components/panel';
import { Skeleton } from '../components/skeleton';
import { Trouble } from '../components/trouble';
import { attributesFrom } from '../contacts/attribute-value';
import { choiceOf } from '../contacts/contact-picker';

import { checkedBy } from '../data/checked-by';
import { issuesOf } from '../data/problem';
import type { Product } from '../data/products';
import { productsQuery } from '../data/products';
import { contactQuery, organizationQuery } from '../data/queries';
import { BookingDates } from './booking-dates';
import { GuestFields } from './guest-fields';
import type { NewBookingForm } from './new-booking-contract';
import { ProductChoice } from './product-choice';
import { useCreateBooking } from './use-create-booking';

interface Props {
  /** Who and what, where the way here said so. */
  contactId: string;
  productId: string;
  onClose: () => void;
}

/** A booking made by hand. It leads to the page of the booking, where its plan stands a moment later. */
export function NewBooking({ contactId, productId, onClose }: Props) {
  const { data: organization } = useQuery(organizationQuery);
  const { data: products } = useQuery(productsQuery);
  const { data: contact, isLoading } = useQuery({ ...contactQuery(contactId), enabled: contactId !== '' });
  if (!organization || !products || isLoading) return <Skeleton lines={8} className="py-5" />;
  return (
    <BookingForm
      {...{ productId, onClose }}
      products={products.items}
      zone={organization.time_zone}
      chosen={contact ? choiceOf(contact) : null}
    />
  );
}

interface FormProps {
  productId: string;
  onClose: () => void;
  products: readonly Product[];
  zone: string;
  chosen: { id: string; name: string } | null;
}

function BookingForm({ productId, onClose, products, zone, chosen }: FormProps) {
  const t = useTranslations('bookings.form');
  const common = useTranslations('acts');
  const form = useForm<NewBookingForm>({
    resolver: checkedBy(async () => (await import('./new-booking-contract')).NewBookingForm),
    defaultValues: {
      known: true,
      contact_id: chosen?.id ?? '',
      first_name: '',
      last_name: '',
      email: '',
      phone: '',
      product_id: productId,
      starts: '',
      ends: '',
      time_zone: zone,
      external_id: '',
    },
  });
  const [rows, setRows] = useState<AttributeRow[]>([]);
  const create = useCreateBooking();
  const issues = issuesOf(create.error);
  return (
    <Panel title={t('title')} className="max-w-3xl">
      <form
        className="grid gap-6 px-4 py-5 sm:px-5"
        noValidate
        onSubmit={form.handleSubmit((given) =>
          create.mutate({ given, attributes: Object.fromEntries(attributesFrom({}, rows)) }),
        )}
      >
        {create.error && <Trouble error={create.error} />}
        <GuestFields form={form} chosen={chosen} issues={issues} />
        <div className="grid gap-4 sm:grid-cols-2">
          <ProductChoice form={form} products={products} zone={zone} />
          <Field
            label={t('externalId')}
            hint={t('externalIdHint')}
            error={issues.external_id}
            {...form.register('external_id')}
          />
          <BookingDates form={form} products={products} issues={issues} />
        </div>
        <fieldset className="grid gap-3">
          <legend className="text-sm font-semibold">{t('attributes')}</legend>
          <p className="text-sm text-ink-soft">{t('attributesHint')}</p>
          <AttributeRows rows={rows} onChange={setRows} />
        </fieldset>
        <div className="flex flex-wrap gap-2">
          <Button type="submit" disabled={create.isPending}>
            {t('create')}
          </Button>
          <Button look="plain" onClick={onClose}>
            {common('cancel')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
