'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { AttributeRows } from '../components/attribute-rows';
import { Button } from '../components/button';
import { Field } from '../components/field';
import { Panel } from '../components/panel';
import { TimeZoneField } from '../components/time-zone-field';
import { Trouble } from '../components/trouble';
import type { AttributeValues } from '../contacts/attribute-value';
import { attributesFrom, rowsOf } from '../contacts/attribute-value';
import { checkedBy } from '../data/checked-by';
import { issuesOf } from '../data/problem';
import type { Product } from '../data/products';
import { useMay } from '../shell/use-may';
import type { ProductForm as Values } from './product-contract';
import { valuesOf } from './product-values';
import { useSaveProduct } from './use-save-product';

interface Props {
  /** Null for a new one. */
  product: Product | null;
  /** The organization's, for what has none. */
  zone: string;
  onClose?: () => void;
}

/** What a product is, when and where. Who may not change it reads it here. */
export function ProductForm({ product, zone, onClose }: Props) {
  const t = useTranslations('products');
  const acts = useTranslations('acts');
  const may = useMay();
  const form = useForm<Values>({
    resolver: checkedBy(async () => (await import('./product-contract')).ProductForm),
    defaultValues: valuesOf(product, zone),
  });
  const before: AttributeValues = product?.attributes ?? {};
  const [rows, setRows] = useState(() => rowsOf(before));
  const save = useSaveProduct(product, zone);
  const issues = issuesOf(save.error);
  const { errors } = form.formState;
  const field = (name: keyof Values, issue: string = name) => ({
    label: t(`fields.${labels[name]}`),
    error: (errors[name] && t(`wrong.${labels[name]}`)) ?? issues[issue],
    ...form.register(name),
  });
  return (
    <Panel title={t(product ? 'edit' : 'new')} className={product ? undefined : 'max-w-3xl'}>
      <form
        className="px-4 py-5 sm:px-5"
        noValidate
        onSubmit={form.handleSubmit((given) =>
          save.mutate({ given, attributes: Object.fromEntries(attributesFrom(before, rows)) }),
        )}
      >
        <fieldset disabled={!may('editor')} className="grid gap-4 sm:grid-cols-2">
          {save.error && (
            <div className="sm:col-span-2">
              <Trouble error={save.error} />
            </div>
          )}
          <Field className="sm:col-span-2" {...field('name')} />
          <Field hint={t('kindHint')} {...field('kind')} />
          <Field hint={t('keyHint')} {...field('key')} />
          <Field type="datetime-local" {...field('starts', 'starts_at')} />
          <Field type="datetime-local" {...field('ends', 'ends_at')} />
          <TimeZoneField {...field('time_zone')} />
          <p className="self-center text-sm text-ink-soft">{t(product ? 'datesMove' : 'datesHint')}</p>
          <Field {...field('place', 'location.name')} />
          <Field {...field('address', 'location.address')} />
          <Field
            className="sm:col-span-2"
            type="url"
            placeholder="https://"
            {...field('url', 'location.url')}
          />
          <Field {...field('organizer', 'organizer.name')} />
          <Field type="email" {...field('organizer_email', 'organizer.email')} />
          <Field type="tel" {...field('organizer_phone', 'organizer.phone')} />
          <div className="grid gap-3 sm:col-span-2">
            <AttributeRows rows={rows} onChange={setRows} />
          </div>
          {may('editor') && (
            <div className="flex flex-wrap gap-2 sm:col-span-2">
              <Button type="submit" disabled={save.isPending}>
                {product ? acts('save') : t('create')}
              </Button>
              {onClose && (
                <Button look="plain" onClick={onClose}>
                  {acts('cancel')}
                </Button>
              )}
            </div>
          )}
        </fieldset>
      </form>
    </Panel>
  );
}

const labels = {
  name: 'name',
  kind: 'kind',
  key: 'key',
  starts: 'start',
  ends: 'end',
  time_zone: 'zone',
  place: 'place',
  address: 'address',
  url: 'url',
  organizer: 'organizer',
  organizer_email: 'organizerEmail',
  organizer_phone: 'organizerPhone',
} as const satisfies Record<keyof Values, string>;
