import type { Facts } from '../flows/run.js';

const day = 86_400_000;

/** An invented sailor with a booking ten days ahead, for previews without a contact. */
export function sampleFacts(now: Date, organization: Record<string, unknown>): Facts {
  const startsAt = new Date(Math.floor(now.getTime() / day) * day + 10 * day + 7 * 3_600_000);
  const endsAt = new Date(startsAt.getTime() + 4 * day);
  return {
    contact: {
      first_name: 'Ada',
      last_name: 'Lovelace',
      locale: organization.locale ?? 'en',
      time_zone: organization.time_zone ?? 'Europe/Berlin',
      attributes: {},
    },
    subject: {
      type: 'booking',
      status: 'confirmed',
      starts_at: startsAt.toISOString(),
      ends_at: endsAt.toISOString(),
      time_zone: organization.time_zone ?? 'Europe/Berlin',
      attributes: {},
    },
    product: {
      name: 'SKS sailing course',
      key: 'sks',
      starts_at: startsAt.toISOString(),
      location: { name: 'Old harbour', address: 'Am Hafen 1, 17373 Ueckermünde' },
      organizer: { name: String(organization.name ?? '') },
      attributes: {},
    },
    event: { type: 'booking.created', payload: {}, occurred_at: now.toISOString() },
    steps: {},
    organization,
  };
}
