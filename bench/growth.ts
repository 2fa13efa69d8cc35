/**
 * What five million messages of history cost: the rate of dispatch, pages about plans and single messages, and lists. They
 * belong to 50 organizations that send and to one with a million contacts, whose pages and lists are asked for.
 */
import type pg from 'pg';
import type { Bench, Figure } from './frame/bench.ts';
import { counts } from './frame/bench.ts';
import { loadHistory } from './frame/history.ts';
import { timeLists } from './frame/lists.ts';
import { bookSchool, openReader, timePages } from './frame/pages.ts';
import { loadPeople } from './frame/people.ts';
import { seedOrganizations } from './seed.ts';

export const growth: Bench = {
  name: 'growth',
  async run(bed, options) {
    const messages = counts(options, 30_000, 500);
    const history = counts(options, 5_000_000, 20_000);
    const port = await bed.listening('sink.ts');
    const dispatch = async () => {
      await scheduleAgain(bed.owner);
      const measured = await bed.measure('dispatch.ts', [bed.url, port, messages]);
      const cpuSeconds = measured.cpuSeconds + (measured.serverCpuSeconds ?? 0);
      return { perSecond: messages / measured.seconds, cpu: (cpuSeconds / messages) * 1e6 };
    };

    await seedOrganizations(bed.owner, { messages, organizations: 50 });
    // Before anything is due: its process would take that for its own, and does not know the provider.
    const school = await bookSchool(bed, port, counts(options, 200, 20));
    await loadPeople(bed.owner, school.id, counts(options, 1_000_000, 5_000));
    await dispatch(); // warm-up, and what the organizations have sent today
    const before = await dispatch();
    const reader = await openReader(bed, school);
    const pagesBefore = await timePages(reader, school);

    const began = performance.now();
    await loadHistory(bed.owner, history);
    const loading = (performance.now() - began) / 1000;
    const after = await dispatch();
    const pages = await timePages(reader, school);
    return [
      {
        what: `dispatch with ${history} messages of history`,
        unit: 'messages/s',
        ceiling: before.perSecond,
        value: after.perSecond,
      },
      {
        what: 'dispatch, of the rate without',
        unit: '',
        value: after.perSecond / before.perSecond,
        aim: { atLeast: 0.9 },
      },
      {
        what: 'processor time, process and PostgreSQL',
        unit: 'µs/message',
        ceiling: before.cpu,
        value: after.cpu,
      },
      ...compared('plan of a booking', pagesBefore.plan, pages.plan),
      ...compared('explanation of a message', pagesBefore.explain, pages.explain),
      ...(await timeLists(bed.owner, reader, school.id)),
      { what: 'loading the history', unit: 's', value: loading },
    ];
  },
};

const compared = (what: string, was: number, is: number): Figure[] => [
  { what: `${what}, p50`, unit: 'ms', value: is, ceiling: was },
  { what: `${what}, times as long`, unit: '', value: is / was, aim: { atMost: 1.2 } },
];

/** One more due message for each contact of the organizations that were seeded; what was sent stays. */
async function scheduleAgain(owner: pg.Pool): Promise<void> {
  await owner.query(
    `insert into messages (org_id, id, contact_id, source, class, channels, template, planned_at, due_at)
     select contacts.org_id, uuidv7(), contacts.id, 'api', 'marketing', '{email}', '{"keys": "news"}', now(), now()
     from contacts where exists (select from connections
       where connections.org_id = contacts.org_id and provider = 'sink')`,
  );
  await owner.query('vacuum analyze messages');
  await owner.query('checkpoint'); // so that both runs begin alike
}
