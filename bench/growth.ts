/** What five million messages of history cost: the rate of dispatch, and pages about plans and single messages. */
import type pg from 'pg';
import type { Bed } from './frame/bed.ts';
import type { Bench } from './frame/bench.ts';
import { counts } from './frame/bench.ts';
import { newBooking, openBookingSchool, PlanWatch } from './frame/bookings.ts';
import { startHalyard } from './frame/halyard.ts';
import { loadHistory } from './frame/history.ts';
import { Client, quantile } from './frame/load.ts';
import { connectSink } from './frame/school.ts';
import { seed } from './seed.ts';

export const growth: Bench = {
  name: 'growth',
  async run(bed, options) {
    const messages = counts(options, 30_000, 500);
    const history = counts(options, 5_000_000, 20_000);
    const port = await bed.listening('sink.ts');
    const dispatch = async () =>
      messages / (await bed.measure('dispatch.ts', [bed.url, port, messages])).seconds;

    await seed(bed.owner, { messages, organizations: 50 });
    await dispatch(); // warm-up, and what the organizations have sent today
    await scheduleAgain(bed.owner);
    const before = await dispatch();
    const pages = await openPages(bed, port, counts(options, 200, 20));
    const pagesBefore = await pages();

    const began = performance.now();
    await loadHistory(bed.owner, history);
    const loading = (performance.now() - began) / 1000;
    await scheduleAgain(bed.owner);
    const after = await dispatch();
    const pagesAfter = await pages();

    const page = (what: string, was: number, is: number) => [
      { what: `${what}, p50`, unit: 'ms', value: is, ceiling: was },
      { what: `${what}, times as long`, unit: '', value: is / was, aim: { atMost: 1.2 } },
    ];
    return [
      {
        what: `dispatch with ${history} messages of history`,
        unit: 'messages/s',
        ceiling: before,
        value: after,
      },
      { what: 'dispatch, of the rate without', unit: '', value: after / before, aim: { atLeast: 0.9 } },
      ...page('plan of a booking', pagesBefore.plan, pagesAfter.plan),
      ...page('explanation of a message', pagesBefore.explain, pagesAfter.explain),
      { what: 'loading the history', unit: 's', value: loading },
    ];
  },
};

/** One more due message for each contact of the organizations that were seeded; what was sent stays. */
async function scheduleAgain(owner: pg.Pool): Promise<void> {
  await owner.query(
    `insert into messages (org_id, id, contact_id, source, class, channels, template, planned_at, due_at)
     select contacts.org_id, uuidv7(), contacts.id, 'api', 'marketing', '{email}', '{"keys": "news"}', now(), now()
     from contacts where exists (select from connections
       where connections.org_id = contacts.org_id and provider = 'sink')`,
  );
  await owner.query('vacuum analyze messages');
}

/** A school with bookings; returns how to measure what its pages take now, in milliseconds. */
async function openPages(bed: Bed, port: number, total: number) {
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
  const { url } = await startHalyard(bed, { HALYARD_ROLES: 'http' });
  const reader = new Client(url, headers);
  bed.atEnd(() => reader.close());
  const time = async (paths: readonly string[]) => {
    const took: number[] = [];
    for (const path of [...paths.slice(0, 20), ...paths]) {
      const began = performance.now();
      await reader.call('GET', path);
      took.push(performance.now() - began);
    }
    return quantile(took.slice(20), 0.5); // the first ones warm up
  };
  return async () => ({
    plan: await time(bookings.map((id) => `/bookings/${id}/plan`)),
    explain: await time(rows.map(({ id }) => `/messages/${id}/explain`)),
  });
}
