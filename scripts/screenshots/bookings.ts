import { until } from '../../e2e/until.ts';
import type { Founder } from './founder.ts';
import { facts, guests, harbour } from './school.ts';

export async function addProducts({ api, school }: Founder): Promise<string[]> {
  const ids: string[] = [];
  const location = { ...harbour, latitude: 53.741, longitude: 14.048 };
  const organizer = { name: 'Gerrit Haffwind', email: 'gerrit@haffwind.example', phone: '+491713920000' };
  for (const [key, name, days] of school.products) {
    const about = { key, name, kind: days > 1 ? 'course' : 'event', attributes: { days } };
    const product = { ...about, time_zone: facts.time_zone, location, organizer };
    ids.push((await api<{ id: string }>('POST', '/products', product)).id);
  }
  return ids;
}

/** Twelve bookings; the first was moved by a day, another cancelled, and the guest of the last has checked in. */
export async function addBookings(founder: Founder): Promise<string[]> {
  const { api, school } = founder;
  const ids: string[] = [];
  for (const [i, inDays] of [10, 8, 1, 2, 3, 5, 6, 12, 15, 19, 24, -1].entries()) {
    const [product_key = '', , days = 1] = school.products[i % 3] ?? [];
    const starts = dayAt(inDays, i % 3 ? 13 : 8);
    const { id } = await api<{ id: string }>('POST', '/bookings', {
      contact: { email: guests[i]?.email },
      product_key,
      starts_at: starts.toISOString(),
      ends_at: new Date(starts.getTime() + ((days - 1) * 24 + 4) * hour).toISOString(),
      time_zone: facts.time_zone,
    });
    ids.push(id);
  }
  await planned(founder, ids[0]);
  await api('POST', `/bookings/${ids[0]}/reschedule`, { starts_at: dayAt(11, 8).toISOString() });
  await api('POST', `/bookings/${ids[7]}/cancel`, { reason: school.reason });
  await api('POST', `/bookings/${ids.at(-1)}/check-in`, {});
  for (const id of ids) await planned(founder, id);
  return ids;
}

async function planned({ api }: Founder, booking: string | undefined): Promise<void> {
  await until(
    () => api<{ items: unknown[]; pending_events: number }>('GET', `/bookings/${booking}/plan`),
    ({ items, pending_events }) => items.length > 0 && pending_events === 0,
    60_000,
  );
}

const hour = 3_600_000;

/** At this hour by UTC, which in Berlin is one or two more. */
export function dayAt(inDays: number, hours: number): Date {
  const day = new Date(Date.now() + inDays * 24 * hour);
  day.setUTCHours(hours, 0, 0, 0);
  return day;
}
