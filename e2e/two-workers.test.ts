import type { TestServer } from '@halyard/api/testing/test-server';
import { startTestServer } from '@halyard/api/testing/test-server';
import { BookingInput } from '@halyard/contracts/bookings/routes';
import type { FlowDefinitionInput } from '@halyard/contracts/flows/definition';
import { automation } from '@halyard/core/actor';
import { Bookings } from '@halyard/core/bookings/bookings';
import { systemClock } from '@halyard/core/clock';
import type { BookingId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { PgBookingStore } from '@halyard/postgres/bookings';
import { publish } from '@halyard/postgres/testing/deciding';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from './until.js';
import type { WorkerProcess } from './worker-process.js';
import { startWorker } from './worker-process.js';

/** Two worker processes on one database, of which one is killed: nothing twice, nothing lost, every plan right. */

const many = 600;
const day = 86_400_000;
const ahead: Record<string, number> = { week: 7 * day, day };

const message = (id: string, more: object = {}) => ({
  id,
  type: 'message' as const,
  template: 'any',
  channels: ['email' as const],
  class: 'transactional' as const,
  ...more,
});
const before = (id: string, offset: string) =>
  message(id, { timing: { from: 'anchor', anchor: 'subject.starts_at', offset } });
const around: FlowDefinitionInput = {
  name: 'Around the course',
  trigger: { type: 'event', event: 'booking.created' },
  zone: 'subject',
  steps: [message('confirmed'), before('week', '-P7D'), before('day', '-P1D')],
};
const cancelled: FlowDefinitionInput = {
  name: 'Cancelled',
  trigger: { type: 'event', event: 'booking.cancelled' },
  steps: [message('cancelled')],
};

let server: TestServer;
let schools: OrgId[];
let bookings: Bookings;
const workers = new Set<WorkerProcess>();

beforeAll(async () => {
  server = await startTestServer();
  schools = [server.organization, await server.db.organization('Another school')];
  for (const school of schools) {
    const api = await server.apiKey(undefined, school);
    const connected = await api('POST', '/connections', {
      provider: 'sandbox',
      name: 'Sandbox',
      settings: {},
      secrets: {},
    });
    expect(connected.status, JSON.stringify(connected.body)).toBe(201);
    const content = {
      default_locale: 'en',
      locales: { en: { subject: 'About your course', mjml: '<mj-text>Ahoy</mj-text>' } },
    };
    const written = await api('POST', '/templates', { key: 'any', channel: 'email', content });
    expect(written.status, JSON.stringify(written.body)).toBe(200);
    await publish(server.db, school, 'around', around);
    await publish(server.db, school, 'cancelled', cancelled);
  }
  const { app, wakeups } = server.platform;
  bookings = new Bookings(new PgBookingStore(app, randomIds), systemClock, wakeups);
});
afterAll(async () => {
  for (const worker of workers) await worker.kill();
  await server?.stop();
});

function start(): WorkerProcess {
  const worker = startWorker(server.db.url);
  workers.add(worker);
  return worker;
}

const schoolOf = (n: number): OrgId => schools[n % schools.length] as OrgId;
const actor = automation('test');
const inDays = (days: number) => new Date(Date.now() + days * day).toISOString();

function book(n: number): Promise<BookingId> {
  const input = BookingInput.parse({
    contact: { email: `guest${n}@example.com` },
    starts_at: inDays(20 + (n % 30)),
    ends_at: inDays(22 + (n % 30)),
    time_zone: 'UTC',
  });
  return bookings.create(schoolOf(n), input, actor).then(({ id }) => id as BookingId);
}

const moveTo = (n: number, id: BookingId, starts_at: string) =>
  bookings.reschedule(schoolOf(n), id, { starts_at }, actor);

/** What happens to a booking later on; every tenth is moved to where its last reminder is due at once, then away. */
function laterOf(n: number): ((id: BookingId) => Promise<unknown>)[] {
  if (n % 10 === 1) return [(id) => bookings.cancel(schoolOf(n), id, 'test', actor)];
  if (n % 10 === 2) return [(id) => moveTo(n, id, inDays(1.00001)), (id) => moveTo(n, id, inDays(60))];
  if (n % 3 === 0) return [(id) => moveTo(n, id, inDays(40 + (n % 7))), (id) => moveTo(n, id, inDays(50))];
  return [];
}

/** Everything in the order in which it happens, several at a time; `at` is told how much of it is done. */
async function live(at: (share: number) => Promise<void>): Promise<void> {
  const ids: Promise<BookingId>[] = [];
  const things: (() => Promise<unknown>)[] = [];
  for (let n = 0; n < many + 300; n++) {
    if (n < many) things.push(() => (ids[n] = book(n)));
    for (const [turn, lag] of [100, 300].entries()) {
      const change = n >= lag && n - lag < many ? laterOf(n - lag)[turn] : undefined;
      if (change) things.push(async () => change((await ids[n - lag]) as BookingId));
    }
  }
  const queue = things.entries();
  const hand = async () => {
    for (const [n, thing] of queue) {
      await thing();
      await at(n / things.length);
    }
  };
  await Promise.all(Array.from({ length: 8 }, hand));
}

interface Row {
  id: string;
  booking: string;
  step_id: string;
  status: string;
  reason: string | null;
  planned_at: Date;
  last_error: unknown;
}

const read = async <T>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await server.db.owner.query(text, values)).rows;

/** Messages that are due or under way, and events to decide; what a dead worker holds is taken over at once. */
async function left(killedAt: Date): Promise<unknown[]> {
  const waiting = await read<{ status: string; tries: number; reason: string | null; last_error: unknown }>(
    `select 'undecided' as status, tries, last_error as reason, null as last_error from pending_events
     union all
     select status, tries, reason, last_error from messages
     where status in ('sending', 'unknown') or (status = 'scheduled' and due_at < now() + interval '1 minute')`,
  );
  if (waiting.every(({ status }) => status === 'sending'))
    // its lease, as if the time were over
    await read(`update messages set lease_until = now() where status = 'sending' and updated_at < $1`, [
      killedAt,
    ]);
  return waiting;
}

test('two workers, one of them killed, send every message once and leave every plan right', async () => {
  start();
  let killedAt = new Date();
  const doomed = start();
  let stage = 0;
  await live(async (share) => {
    if (stage === 0 && share > 0.4) {
      stage = 1;
      await doomed.kill();
      killedAt = new Date();
    } else if (stage === 1 && share > 0.6) {
      stage = 2;
      start();
    }
  });
  expect(stage).toBe(2);
  await until(
    () => left(killedAt),
    (waiting) => waiting.length === 0,
    40_000,
  );

  const rows = await read<Row>(
    'select id, subject_id as booking, step_id, status, reason, planned_at, last_error from messages',
  );
  const sent = rows.filter(({ status }) => status === 'sent' || status === 'delivered');
  const inbox = await read<{ message_id: string }>('select message_id from sandbox_inbox where arrived');
  expect(inbox.map((one) => one.message_id).sort()).toEqual(sent.map(({ id }) => id).sort());

  const plans = Map.groupBy(rows, ({ booking }) => booking);
  const states = await read<{ id: string; status: string; starts_at: Date }>(
    'select id, status, starts_at from bookings',
  );
  expect(states).toHaveLength(many);
  for (const { id, status, starts_at } of states) {
    const plan = plans.get(id) ?? [];
    const of = (step: string) => plan.filter((one) => one.step_id === step);
    const about = JSON.stringify({ id, status, starts_at, plan }, null, 1);
    if (status === 'cancelled') {
      expect(
        plan.filter((one) => one.status === 'scheduled'),
        about,
      ).toEqual([]);
      expect(
        of('cancelled').map((one) => one.status),
        about,
      ).toEqual([expect.stringMatching(/sent|delivered/)]);
      continue;
    }
    expect(
      of('confirmed').map((one) => one.status),
      about,
    ).toEqual([expect.stringMatching(/sent|delivered/)]);
    for (const [step, length] of Object.entries(ahead)) {
      const [one, ...more] = of(step);
      expect(more, about).toEqual([]);
      if (one?.status === 'scheduled')
        expect(one.planned_at.getTime(), about).toBe(starts_at.getTime() - length);
      else expect(one?.status, about).toMatch(/sent|delivered/);
    }
  }
  expect(sent.filter(({ step_id }) => step_id === 'week')).toEqual([]); // of nobody's course it was that late
}, 90_000);
