'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { AttributeRows } from '../components/attribute-rows';
import { ChoiceField } from '../components/field';
import { Panel } from '../components/panel';
import { Trouble } from '../components/trouble';
import type { AttributeValues } from '../contacts/attribute-value';
import { attributePatch, rowsOf } from '../contacts/attribute-value';
import { FormEnd } from '../contacts/form-end';
import type { Booking } from '../data/bookings';
import { productsQuery } from '../data/products';
import { useChangeBooking } from './use-booking-acts';

/** What a booking is of, and what else is known of it. */
export function ChangeForm({ booking, onDone }: { booking: Booking; onDone: () => void }) {
  const t = useTranslations();
  const { data: products } = useQuery(productsQuery);
  const before: AttributeValues = booking.attributes;
  const [product, setProduct] = useState(booking.product_id ?? '');
  const [rows, setRows] = useState(() => rowsOf(before));
  const change = useChangeBooking(booking.id);
  const own = booking.product ? [booking.product] : [];
  const others = (products?.items ?? []).filter(({ id }) => id !== booking.product_id);
  return (
    <Panel title={t('booking.change.title')} className="max-w-3xl">
      <form
        className="grid gap-4 px-4 py-4 sm:px-5"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const { patch, undo } = attributePatch(before, rows);
          const to = { product_id: product || null, attributes: patch };
          const from = { product_id: booking.product_id, attributes: undo };
          change.mutate({ to, from }, { onSuccess: onDone });
        }}
      >
        {change.error && <Trouble error={change.error} />}
        <ChoiceField
          label={t('bookings.form.product')}
          value={product}
          options={[
            ['', t('bookings.form.noProduct')],
            ...[...own, ...others].map(({ id, name }) => [id, name] as const),
          ]}
          onChange={(event) => setProduct(event.target.value)}
        />
        <AttributeRows rows={rows} onChange={setRows} />
        <FormEnd busy={change.isPending} onCancel={onDone} />
      </form>
    </Panel>
  );
}
