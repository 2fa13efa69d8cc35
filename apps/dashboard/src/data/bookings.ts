import type { Schema } from '@halyard/client/client';
import { queryOptions } from '@tanstack/react-query';
import { halyard } from './halyard';
import { pagesQuery } from './pages';
import { answerOf } from './problem';

export type Booking = Schema<'ListedBooking'>;
export type Plan = Schema<'Plan'>;

/** What a list of bookings can be narrowed down to; '' for all. */
export interface BookingFilter {
  status: string;
  product_id: string;
  contact_id: string;
  /** An instant each. */
  starts_from: string;
  starts_before: string;
}

type Order = 'newest' | 'start';

type Given = { status?: Booking['status']; product_id?: string; contact_id?: string } & {
  starts_from?: string;
  starts_before?: string;
};

const given = (filter: Partial<BookingFilter>): Given =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''));

export const bookingsQuery = (filter: BookingFilter, order: Order) =>
  pagesQuery(['bookings', filter, order], (at) =>
    answerOf(halyard.GET('/bookings', { params: { query: { ...given(filter), order, limit: 50, ...at } } })),
  );

const most = 1_000;

/** What begins between two instants, soonest first; of more than a thousand the first. */
export const bookingsBetween = (starts_from: string, starts_before: string) =>
  queryOptions({
    queryKey: ['bookings', 'between', starts_from, starts_before],
    queryFn: async () => {
      const found: Booking[] = [];
      let cursor: string | null = '';
      while (cursor !== null && found.length < most) {
        const at = cursor ? { cursor } : {};
        const query = { starts_from, starts_before, order: 'start', limit: 200, ...at } as const;
        const page: { items: Booking[]; next_cursor: string | null } = await answerOf(
          halyard.GET('/bookings', { params: { query } }),
        );
        found.push(...page.items);
        cursor = page.next_cursor;
      }
      return found;
    },
  });

export const bookingQuery = (id: string) =>
  queryOptions({
    queryKey: ['booking', id],
    queryFn: () => answerOf(halyard.GET('/bookings/{id}', { params: { path: { id } } })),
    enabled: id !== '',
  });

const readPlan = (id: string) => answerOf(halyard.GET('/bookings/{id}/plan', { params: { path: { id } } }));

const soon = 700;

/** Read again while events are not decided yet: then it is still being made. */
export const planQuery = (id: string) =>
  queryOptions({
    queryKey: ['booking', id, 'plan'],
    queryFn: () => readPlan(id),
    refetchInterval: ({ state }) => (state.data?.pending_events ? soon : false),
  });

const patience = 15;

/** The plan once everything that happened is decided; as it stands, when that takes long. */
export async function settledPlan(id: string): Promise<Plan> {
  for (let tries = 1; ; tries++) {
    const plan = await readPlan(id);
    if (plan.pending_events === 0 || tries === patience) return plan;
    await new Promise((resolve) => setTimeout(resolve, soon));
  }
}

/** Whether there is a booking at all. */
export const anyBookingQuery = queryOptions({
  queryKey: ['bookings', 'any'],
  queryFn: async () => {
    const { items } = await answerOf(halyard.GET('/bookings', { params: { query: { limit: 1 } } }));
    return items.length > 0;
  },
});

/** The newest bookings of a product. */
export const bookingsOfProduct = (product_id: string) =>
  queryOptions({
    queryKey: ['bookings', 'of product', product_id],
    queryFn: () => answerOf(halyard.GET('/bookings', { params: { query: { product_id, limit: 10 } } })),
  });
