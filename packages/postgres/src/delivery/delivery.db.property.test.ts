import { ManualClock } from '@halyard/core/clock';
import { ApplyReports } from '@halyard/core/delivery/apply-reports';
import type { ProviderReport } from '@halyard/core/delivery/provider';
import type { ContactId, MessageId } from '@halyard/core/ids';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  addConnection,
  addContact,
  addMessage,
  messageRow,
  RecordingProvider,
  setPolicy,
  testWorker,
} from '../testing/delivery.js';
import type { TestDatabase } from '../testing/test-database.js';
import { openTestDatabase } from '../testing/test-database.js';
import { PgReportStore } from './report-store.js';

let db: TestDatabase;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.drop());
const wakeups = { poke: () => {}, listen: () => () => {} };

test('Feature: delivery, Property 6: two workers with rounds that overlap never exceed a cap, and never send a message twice', async () => {
  const school = await db.organization();
  await addConnection(db, school);
  await setPolicy(db, school, { caps: [{ messages: 2, per: 'P1D' }] });
  const clock = new ManualClock(new Date('2026-06-01T10:00:00Z'));
  const provider = new RecordingProvider();
  const workers = [testWorker(db, provider, clock), testWorker(db, provider, clock)];
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 1, max: 3 }),
      async (messages, batch) => {
        await db.owner.query('delete from messages');
        provider.requests.length = 0;
        const contact = await addContact(db, school, { email: `${crypto.randomUUID()}@example.com` });
        for (let n = 0; n < messages; n++) await addMessage(db, school, contact, { at: clock.now() });
        for (let n = 0; n < 5; n++) {
          await Promise.all([...workers, ...workers].map(({ deliver }) => deliver.round(1, batch)));
          await Promise.all(workers.map(({ deliver }) => deliver.drain()));
        }
        const sent = provider.requests.map(({ messageId }) => messageId);
        expect(new Set(sent).size).toBe(sent.length);
        expect(sent).toHaveLength(Math.min(2, messages));
      },
    ),
    { numRuns: 100 },
  );
}, 120_000);

test('Feature: delivery, Property 7: reports repeated and shuffled leave the same state', async () => {
  const school = await db.organization();
  const connection = await addConnection(db, school);
  const clock = new ManualClock(new Date());
  const worker = testWorker(db, new RecordingProvider(), clock);
  const reports = new ApplyReports(new PgReportStore(db.app), wakeups);

  const sendOne = async (): Promise<{ id: MessageId; contact: ContactId; email: string }> => {
    const email = `${crypto.randomUUID()}@example.com`;
    const contact = await addContact(db, school, { email });
    const id = await addMessage(db, school, contact, { at: clock.now(), class: 'transactional' });
    return { id, contact, email };
  };
  const stateOf = async (message: { id: MessageId; contact: ContactId; email: string }) => {
    const { status, delivered_at, opened_at, clicked_at } = await messageRow(db, message.id);
    const events = await db.owner.query(
      'select type, count(*) from events where subject_id = $1 group by 1 order by 1',
      [message.id],
    );
    const suppressed = await db.owner.query('select count(*) from suppressions where address = $1', [
      message.email,
    ]);
    return { status, delivered_at, opened_at, clicked_at, events: events.rows, suppressed: suppressed.rows };
  };
  const type = fc.constantFrom<ProviderReport['type']>(
    ...([
      'delivered',
      'bounced',
      'soft_bounced',
      'complained',
      'failed',
      'opened',
      'clicked',
      'unsubscribed',
    ] as const),
  );
  const told = fc.uniqueArray(fc.record({ type, minute: fc.integer({ min: 1, max: 60 }) }), {
    selector: ({ type: name, minute }) => `${name}${minute}`,
    minLength: 1,
    maxLength: 5,
  });
  await fc.assert(
    fc.asyncProperty(
      told,
      fc.array(fc.nat({ max: 4 }), { minLength: 5, maxLength: 10 }),
      async (list, repeats) => {
        const straight = await sendOne();
        const shuffled = await sendOne();
        await worker.settle();
        const reportsOf = ({ id }: { id: MessageId }): ProviderReport[] =>
          list.map(({ type: name, minute }, n) => ({
            key: `${id}:${n}`,
            type: name,
            messageId: id,
            channel: 'email',
            occurredAt: new Date(clock.now().getTime() + minute * 60_000),
            raw: {},
          }));
        await reports.apply(school, connection, reportsOf(straight));
        const all = reportsOf(shuffled);
        for (const n of [...repeats, ...all.keys()].reverse()) {
          const report = all[n % all.length];
          if (report) await reports.apply(school, connection, [report]);
        }
        expect(await stateOf(shuffled)).toEqual(await stateOf(straight));
      },
    ),
    { numRuns: 100 },
  );
}, 120_000);
