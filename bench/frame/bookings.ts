import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import type { Client } from './load.ts';
import { openSchool, publishFlow, writeTemplate } from './school.ts';

const day = 86_400_000;
let made = 0;

/** What one booking of the school leads to: messages before and after it. */
const offsets = ['-P14D', '-P7D', '-P3D', '-P1D', 'P1D', 'P3D', 'P14D'];

/** A school with a flow around each booking, and a contact. */
export const openBookingSchool = async (url: string) => {
  const { id: school, api, headers } = await openSchool(url);
  await writeTemplate(api, 'news', 'Your days on the water');
  await publishFlow(api, {
    name: 'Around a booking',
    trigger: { type: 'event', event: 'booking.created' },
    steps: offsets.map((offset, n) => ({
      id: `message-${n}`,
      type: 'message',
      template: 'news',
      channels: ['email'],
      timing: { from: 'anchor', anchor: 'subject.starts_at', offset, at: '09:00' },
    })),
  });
  const contact = await api.call<{ id: string }>('POST', '/contacts', { email: 'guest@example.com' });
  return { school, api, headers, contactId: contact.id };
};

/** How many messages each booking has planned. */
export const plannedMessages = offsets.length;

/** A new booking of a new contact, in a month. */
export const newBooking = () => {
  const n = ++made;
  return {
    contact: { external_id: `guest-${n}`, email: `guest-${n}@example.com`, first_name: `Guest ${n}` },
    starts_at: new Date(Date.now() + 30 * day).toISOString(),
    ends_at: new Date(Date.now() + 31 * day).toISOString(),
    time_zone: 'Europe/Berlin',
  };
};

/**
 * Says when bookings are planned, by one look into the database every few milliseconds for all of them: were each to ask
 * the API again and again, the asking would be what is measured.
 */
export class PlanWatch {
  readonly #waiting = new Map<string, PromiseWithResolvers<void>>();
  readonly #owner: pg.Pool;
  readonly #school: string;

  constructor(owner: pg.Pool, school: string) {
    this.#owner = owner;
    this.#school = school;
  }

  planned(bookingId: string): Promise<void> {
    const waiting = Promise.withResolvers<void>();
    this.#waiting.set(bookingId, waiting);
    if (this.#waiting.size === 1) void this.#look();
    return waiting.promise;
  }

  async #look(): Promise<void> {
    try {
      for (; this.#waiting.size; await pause(3)) {
        for (const id of await this.#complete([...this.#waiting.keys()])) {
          this.#waiting.get(id)?.resolve();
          this.#waiting.delete(id);
        }
      }
    } catch (error) {
      for (const { reject } of this.#waiting.values()) reject(error);
    }
  }

  async #complete(bookingIds: readonly string[]): Promise<string[]> {
    const { rows } = await this.#owner.query<{ id: string }>({
      name: 'planned',
      text: `select asked.id from jsonb_array_elements_text($2::jsonb) as asked (id)
        where (select count(*) from messages
               where org_id = $1 and subject_type = 'booking' and subject_id = asked.id) >= $3`,
      values: [this.#school, JSON.stringify(bookingIds), plannedMessages], // json, as arrays are planned at each call
    });
    return rows.map((row) => row.id);
  }
}

/** Reads a plan, which must be complete. */
export async function readPlan(api: Client, bookingId: string): Promise<void> {
  const plan = await api.call<{ items: unknown[] }>('GET', `/bookings/${bookingId}/plan`);
  if (plan.items.length < plannedMessages) throw new Error(`The plan of ${bookingId} is not complete.`);
}
