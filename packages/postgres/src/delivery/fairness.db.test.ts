import { expect } from 'vitest';
import type { SendingSchool } from '../testing/sending-school.js';
import { minutes, sendingTest as test } from '../testing/sending-school.js';

test.for([
  { total: 12, perOrganization: 48, perConnection: 48 },
  { total: 40, perOrganization: 7, perConnection: 48 },
  { total: 40, perOrganization: 48, perConnection: 7 },
])(
  'rounds that overlap never have more calls under way than $total, $perOrganization of an organization, $perConnection at a connection',
  async (places, { school }) => {
    const other = await school.neighbour('Other school');
    for (const each of [school, other]) await each.addConnection();
    const answer = Promise.withResolvers<{ kind: 'accepted' }>();
    school.provider.answer = () => answer.promise;
    for (const each of [school, other]) {
      const contact = await each.addContact({ email: 'ada@example.com' });
      for (let n = 0; n < 20; n++) await each.addMessage(contact);
    }
    const worker = school.worker({ limits: { ...places, sendTimeoutMs: 60_000 } });
    const rounds = () => Promise.all([1, 2].map(() => worker.deliver.round(1, 10)));
    await rounds();
    const most = Math.min(places.perOrganization, places.perConnection);
    expect(school.provider.requests.length).toBeGreaterThan(10);
    expect(school.provider.requests.length).toBeLessThanOrEqual(places.total);
    for (const [, ofOne] of Map.groupBy(school.provider.requests, ({ orgId }) => orgId))
      expect(ofOne.length).toBeLessThanOrEqual(most);
    answer.resolve({ kind: 'accepted' });
    for (let n = 0; n < 10; n++) {
      await worker.deliver.drain();
      school.clock.advance(1_000);
      await rounds();
    }
    const sent = school.provider.requests.map(({ messageId }) => messageId);
    expect(sent).toHaveLength(40);
    expect(new Set(sent).size).toBe(40);
  },
);

test('a blast of one organization does not delay another, and transactional has a lane of its own', async ({
  school,
}) => {
  const other = await school.neighbour('Other school');
  for (const each of [school, other]) await each.addConnection();
  const contact = await school.addContact({ email: 'ada@example.com' });
  await school.query(
    `insert into messages (org_id, id, contact_id, source, class, channels, content, planned_at, due_at)
     select $1, gen_random_uuid(), $2, 'api', 'marketing', '{email}', '{"body": "blast"}', $3, $3
     from generate_series(1, 5000)`,
    [school.id, contact, minutes(-10)],
  );
  const neighbour = await other.addContact({ email: 'bob@example.com' });
  const only = await other.addMessage(neighbour);
  const urgent = await school.addMessage(contact, { class: 'transactional' });
  const worker = school.worker();
  await worker.deliver.round(1, 100);
  await worker.deliver.drain();
  const transactional = school.worker();
  await transactional.deliver.round(0, 100);
  await transactional.deliver.drain();
  expect(await school.row(only)).toMatchObject({ status: 'sent' });
  expect(await school.row(urgent)).toMatchObject({ status: 'sent' });
});

test('an organization at its bound is not looked at again until a call of it may have ended', async ({
  school,
}) => {
  await school.addConnection();
  const stuck = Promise.withResolvers<{ kind: 'accepted' }>();
  school.provider.answer = () => stuck.promise;
  const contact = await school.addContact({ email: 'ada@example.com' });
  for (let n = 0; n < 8; n++) await school.addMessage(contact);
  const limits = { total: 40, perOrganization: 5, perConnection: 5, sendTimeoutMs: 60_000 };
  const worker = school.worker({ limits });
  const now = school.clock.now().getTime();
  expect(await worker.deliver.round(1, 20)).toEqual({ claimed: 5, nextDueAt: new Date(now + 100) });
  stuck.resolve({ kind: 'accepted' });
  await worker.deliver.drain();
  expect(await worker.deliver.round(1, 20)).toEqual({ claimed: 3, nextDueAt: new Date(now + 10) });
  await worker.deliver.drain();
});

test('a slow provider of one organization holds up nobody else', async ({ school }) => {
  const other = await school.neighbour('Slow school');
  for (const each of [school, other]) await each.addConnection();
  const limits = { total: 40, perOrganization: 5, perConnection: 5, sendTimeoutMs: 60_000 };
  const worker = school.worker({ limits });
  const stuck = Promise.withResolvers<{ kind: 'accepted' }>();
  school.provider.answer = (request) => (request.orgId === other.id ? stuck.promise : { kind: 'accepted' });
  const slow = await other.addContact({ email: 'slow@example.com' });
  const quick = await school.addContact({ email: 'quick@example.com' });
  for (let n = 0; n < 20; n++) {
    await other.addMessage(slow);
    await school.addMessage(quick);
  }
  const count = async (each: SendingSchool, status: string) =>
    (
      await school.query('select count(*)::int as n from messages where org_id = $1 and status = $2', [
        each.id,
        status,
      ])
    ).rows[0].n;
  const sentAfterRound = async () => {
    await worker.deliver.round(1, 20);
    return count(school, 'sent');
  };
  await expect.poll(sentAfterRound, { timeout: 10_000 }).toBe(20);
  expect(await count(other, 'sending')).toBe(5);
  stuck.resolve({ kind: 'accepted' });
  await worker.deliver.drain();
});

test('rates of the organization hold, and what is over them gets a slot each', async ({ school }) => {
  await school.addConnection();
  await school.setPolicy({ rates: { organization: 2 } });
  const contact = await school.addContact({ email: 'ada@example.com' });
  for (let n = 0; n < 10; n++) await school.addMessage(contact);
  const worker = school.worker();
  const perSecond = [];
  for (let second = 0; second < 6; second++) {
    const before = school.provider.requests.length;
    await worker.settle();
    perSecond.push(school.provider.requests.length - before);
    school.clock.advance(1_000);
  }
  expect(perSecond.slice(0, 5)).toEqual([2, 2, 2, 2, 2]);
  const { rows } = await school.query(
    `select max(n)::int as n from (select count(*) as n from decisions where verdict = 'defer' and org_id = $1
     group by message_id) per_message`,
    [school.id],
  );
  expect(rows[0].n).toBe(1);
});
