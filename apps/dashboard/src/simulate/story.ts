import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { SimulationRequest } from '../data/simulation';
import { instantOf } from '../i18n/zoned';

export type Happening = 'moved' | 'cancelled' | 'checked_in' | 'completed' | 'event';

/** Something that happens after the beginning of a story. `at`, `startsAt`, `endsAt`: on the clock of the story's zone. */
export interface Later {
  kind: Happening;
  at: string;
  startsAt: string;
  endsAt: string;
  /** For `event`: its type. */
  type: string;
}

/** A story that somebody makes up: one guest, what begins it, and what happens later. */
export interface Story {
  firstName: string;
  email: string;
  phone: string;
  locale: string;
  timeZone: string;
  /** Type of the event it begins with. */
  begins: string;
  at: string;
  productKey: string;
  startsAt: string;
  endsAt: string;
  later: readonly Later[];
}

export const isBooking = (type: string): boolean => type.startsWith('booking.');

/** What the trigger waits for, as an event to begin with; null when no event starts this flow. */
export function beginningOf({ trigger }: FlowDefinition): string | null {
  if (trigger.type !== 'event') return null;
  return trigger.event.endsWith('.*') ? trigger.event.replace('*', 'created') : trigger.event;
}

const day = 86_400_000;

/** A story to begin with: now, and for bookings ten days ahead, for five days. */
export function firstStory(definition: FlowDefinition, zone: string, locale: string, now: number): Story {
  const local = (at: number) => localHour(at, zone);
  return {
    firstName: 'Lena',
    email: 'lena@mail.example',
    phone: '+4915112345678',
    locale,
    timeZone: zone,
    begins: beginningOf(definition) ?? 'user.login',
    at: local(now),
    productKey: '',
    startsAt: `${local(now + 10 * day).slice(0, 10)}T09:00`,
    endsAt: `${local(now + 14 * day).slice(0, 10)}T16:00`,
    later: [],
  };
}

/** The full hour on the clock of a zone, as fields for dates hold it. */
const localHour = (at: number, zone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
    .format(new Date(at))
    .replace(' ', 'T')
    .replace(/:\d\d$/, ':00');

const types: Record<Exclude<Happening, 'event'>, string> = {
  moved: 'booking.rescheduled',
  cancelled: 'booking.cancelled',
  checked_in: 'booking.checked_in',
  completed: 'booking.completed',
};

/** The story as the API wants it; null where a time is missing. */
export function eventsOf(story: Story): Pick<SimulationRequest, 'events' | 'contacts'> | null {
  const at = (local: string) => instantOf(local, story.timeZone);
  const began = at(story.at);
  const startsAt = at(story.startsAt);
  const endsAt = at(story.endsAt);
  const about = isBooking(story.begins);
  if (!began || (about && !startsAt)) return null;
  const booking = {
    id: 'booking',
    ...(story.productKey && { product_key: story.productKey }),
    ...(startsAt && { starts_at: startsAt }),
    ...(endsAt && { ends_at: endsAt }),
  };
  const later = story.later.map((one) => {
    const when = at(one.at);
    if (!when) return null;
    const type = one.kind === 'event' ? one.type : types[one.kind];
    const moved = one.kind === 'moved' && {
      ...(at(one.startsAt) && { starts_at: at(one.startsAt) }),
      ...(at(one.endsAt) && { ends_at: at(one.endsAt) }),
    };
    return {
      at: when,
      type,
      contact: 'guest',
      ...(isBooking(type) && { booking: { id: 'booking', ...moved } }),
    };
  });
  if (later.some((one) => one === null)) return null;
  const events = [
    { at: began, type: story.begins, contact: 'guest', ...(about && { booking }) },
    ...later.filter((one) => one !== null),
  ];
  const contact = {
    key: 'guest',
    ...(story.firstName && { first_name: story.firstName }),
    ...(story.email && { email: story.email }),
    ...(story.phone && { phone: story.phone }),
    locale: story.locale,
    time_zone: story.timeZone,
  };
  return { events, contacts: [contact] } as Pick<SimulationRequest, 'events' | 'contacts'>;
}
