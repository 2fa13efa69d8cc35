import type { Product } from '../data/products';
import { instantOf, localOf } from '../i18n/zoned';
import type { ProductForm } from './product-contract';

/** A product as its form shows it; without one, an empty form. `zone`: the organization's. */
export function valuesOf(product: Product | null, zone: string): ProductForm {
  const clock = product?.time_zone ?? zone;
  const { location = {}, organizer = {} } = product ?? {};
  return {
    name: product?.name ?? '',
    kind: product?.kind ?? 'event',
    key: product?.key ?? '',
    starts: product?.starts_at ? localOf(product.starts_at, clock) : '',
    ends: product?.ends_at ? localOf(product.ends_at, clock) : '',
    time_zone: clock,
    place: location.name ?? '',
    address: location.address ?? '',
    url: location.url ?? '',
    organizer: organizer.name ?? '',
    organizer_email: organizer.email ?? '',
    organizer_phone: organizer.phone ?? '',
  };
}

/** What the form says, as the API takes it. What the form does not show of the place stays. */
export function bodyOf(form: ProductForm, zone: string, before: Product | null) {
  const clock = form.time_zone || zone;
  const { name: _, address: __, url: ___, ...rest } = before?.location ?? {};
  return {
    name: form.name,
    kind: form.kind,
    key: form.key || null,
    starts_at: instantOf(form.starts, clock),
    ends_at: instantOf(form.ends, clock),
    time_zone: clock,
    location: { ...rest, ...given({ name: form.place, address: form.address, url: form.url }) },
    organizer: given({
      name: form.organizer,
      email: form.organizer_email,
      phone: form.organizer_phone,
    }),
  };
}

const given = (fields: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter(([, text]) => text !== ''));
