import type { Bed } from './bed.ts';
import { newBooking, openBookingSchool, PlanWatch } from './bookings.ts';
import { startHalyard } from './halyard.ts';
import { Client, quantile } from './load.ts';
import { connectSink } from './school.ts';

/** A school with bookings, each with its plan. */
export interface BookedSchool {
  id: string;
  headers: Record<string, string>;
  bookings: readonly string[];
  /** A message of each. */
  messages: readonly string[];
}

export async function bookSchool(bed: Bed, port: number, total: number): Promise<BookedSchool> {
  const planner = await startHalyard(bed);
  const { api, school, headers } = await openBookingSchool(planner.url);
  await connectSink(api, port);
  const watch = new PlanWatch(bed.owner, school);
  const bookings: string[] = [];
  for (let n = 0; n < total; n++) {
    const { id } = await api.call<{ id: string }>('POST', '/bookings', newBooking());
    await watch.planned(id);
    bookings.push(id);
  }
  const { rows } = await bed.owner.query<{ id: string }>(
    'select distinct on (subject_id) id from messages where org_id = $1 order by subject_id, id',
    [school],
  );
  await api.close();
  await planner.stop(); // dispatch is measured without its loops
  return { id: school, headers, bookings, messages: rows.map(({ id }) => id) };
}

/** A process that answers requests and has no loops, with a client of the school. */
export async function openReader(bed: Bed, { headers }: BookedSchool): Promise<Client> {
  const { url } = await startHalyard(bed, { HALYARD_ROLES: 'http' });
  const reader = new Client(url, headers);
  bed.atEnd(() => reader.close());
  return reader;
}

/** Milliseconds that half of its plans and explanations take at most. */
export async function timePages(reader: Client, { bookings, messages }: BookedSchool) {
  const time = async (paths: readonly string[]) => {
    const took: number[] = [];
    for (const path of [...paths.slice(0, 20), ...paths]) {
      const began = performance.now();
      await reader.call('GET', path);
      took.push(performance.now() - began);
    }
    return quantile(took.slice(20), 0.5); // the first ones warm up
  };
  return {
    plan: await time(bookings.map((id) => `/bookings/${id}/plan`)),
    explain: await time(messages.map((id) => `/messages/${id}/explain`)),
  };
}
