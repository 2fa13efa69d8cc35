import { hangUp, startScriptedServer } from '@halyard/channels/testing/smtp-vendor';
import type { StoryEntry } from '@halyard/contracts/explain/message';
import type { FlowDefinitionInput } from '@halyard/contracts/flows/definition';
import { publish } from '@halyard/postgres/testing/deciding';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { TestCaller, TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

/** The stories of messages that came to different ends: through the whole server, the loops running. */

let server: TestServer;
let api: TestCaller;
beforeAll(async () => {
  server = await startTestServer({ loops: true });
  api = await server.as('admin');
  await connect('Sandbox');
});
afterAll(() => server.stop());

/** The loops run beside the test, on a machine that may be busy. */
const patient = { timeout: 20_000, interval: 50 };

async function connect(name: string, settings: object = {}, more: object = {}): Promise<string> {
  const given = { provider: 'sandbox', name, settings, secrets: {}, ...more };
  const { status, body } = await api('POST', '/connections', given);
  expect(status, JSON.stringify(body)).toBe(201);
  return body.id;
}

async function send(more: object): Promise<string> {
  const { status, body } = await api('POST', '/messages/send', {
    channels: ['email'],
    class: 'transactional',
    content: { subject: 'Ahoi', body: 'See you tomorrow.' },
    ...more,
  });
  expect(status, JSON.stringify(body)).toBe(202);
  return body.id;
}

/** Its story once it has come to this. */
const storyWhen = (id: string, is: object, locale = 'en') =>
  vi.waitFor(async () => {
    const { body } = await api('GET', `/messages/${id}/explain?locale=${locale}`);
    expect(body.message, JSON.stringify(body)).toMatchObject(is);
    return body as {
      story: StoryEntry[];
      sentences: string[];
      event: unknown;
      run: unknown;
      step: unknown;
    };
  }, patient);

const kinds = (story: StoryEntry[]): string[] => story.map(({ kind }) => kind);
const decision = (story: StoryEntry[], rule: string) =>
  story.find((entry) => entry.kind === 'decision' && entry.rule === rule) as
    | Extract<StoryEntry, { kind: 'decision' }>
    | undefined;

test('sent: the event, the run, the step, every check, the attempt and the report', async () => {
  const definition: FlowDefinitionInput = {
    name: 'Welcome',
    trigger: { type: 'event', event: 'user.joined' },
    steps: [
      {
        id: 'hello',
        name: 'Hello',
        type: 'message',
        template: 'hello',
        channels: ['email'],
        class: 'transactional',
      },
    ],
  };
  const content = { default_locale: 'en', locales: { en: { subject: 'Hi', html: '<p>Hi</p>' } } };
  await api('POST', '/templates', { key: 'hello', channel: 'email', content });
  await publish(server.db, server.organization, 'welcome', definition);
  const contact = { email: 'mia@example.com' };
  const event = await api('POST', '/events', { type: 'user.joined', contact, create_contact: true });
  const id = await vi.waitFor(async () => {
    const { body } = await api('GET', `/messages?contact_id=${event.body.contact_id}`);
    expect(body.items).toHaveLength(1);
    return body.items[0].id as string;
  }, patient);
  const { story, sentences, ...origin } = await storyWhen(id, { status: 'delivered' });
  expect(origin).toMatchObject({
    event: { id: event.body.id },
    run: { flow: { key: 'welcome' }, version: 1 },
    step: { id: 'hello', name: 'Hello' },
  });
  expect(kinds(story)).toEqual(['event', 'run', 'planned', 'decision', 'attempt', 'report']);
  const release = decision(story, 'release');
  expect(release?.checks.map(({ rule, verdict }) => [rule, verdict])).toEqual(
    expect.arrayContaining([
      ['suppression', 'pass'],
      ['consent', 'pass'],
      ['hours', 'pass'],
    ]),
  );
  expect(sentences.at(-1)).toBe('It was delivered.');
  const german = await storyWhen(id, { status: 'delivered' }, 'de');
  expect(german.sentences[0]).toBe('user.joined ist geschehen.');
  expect(german.sentences.at(-1)).toBe('Sie wurde zugestellt.');
});

test('skipped: the suppression that stood in the way, and what would have to differ', async () => {
  const address = 'gone@example.com';
  await api('POST', '/suppressions', { channel: 'email', address, reason: 'manual' });
  const { story, sentences } = await storyWhen(await send({ to: { email: address } }), { status: 'skipped' });
  expect(kinds(story)).toEqual(['act', 'planned', 'decision']);
  expect(story[0]?.sentence).toMatch(/@.* put its address on the suppression list\.$/);
  expect(decision(story, 'suppression')).toMatchObject({ verdict: 'skipped' });
  expect(decision(story, 'suppression')?.checks.at(-1)).toMatchObject({
    rule: 'suppression',
    reason: 'suppressed',
    facts: { reason: 'manual' },
    needs: 'The address would have to be taken off the suppression list.',
  });
  expect(sentences.at(-1)).toBe('It was skipped, because the address is on the suppression list.');
});

test('skipped by its step’s condition: the fact of then, and the smallest change', async () => {
  await publish(server.db, server.organization, 'gold', {
    name: 'Gold only',
    trigger: { type: 'event', event: 'test.gold' },
    steps: [
      {
        id: 'offer',
        type: 'message',
        template: 'hello',
        channels: ['email'],
        class: 'transactional',
        condition: { field: 'contact.attributes.points', op: 'gte', value: 100 },
      },
    ],
  });
  const contact = { email: 'poor@example.com', attributes: { points: 40 } };
  const event = await api('POST', '/events', { type: 'test.gold', contact, create_contact: true });
  const id = await vi.waitFor(async () => {
    const { body } = await api('GET', `/messages?contact_id=${event.body.contact_id}`);
    expect(body.items).toHaveLength(1);
    return body.items[0].id as string;
  }, patient);
  const { story } = await storyWhen(id, { status: 'skipped', reason: 'condition_not_met' });
  expect(decision(story, 'condition')).toMatchObject({
    condition: { because: [{ field: 'contact.attributes.points', fact: 40, holds: false }] },
    smallest_change: { changes: [{ from: 40, to: 100 }], outcome: 'holds' },
  });
});

test('deferred by quiet hours: the zone, and until when', async () => {
  // From an hour ago until an hour hence where the person is, whatever the time of this run.
  const clock = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString().slice(11, 16);
  await api('PUT', '/organization/policy', { quiet_hours: { email: { from: clock(-1), to: clock(1) } } });
  const { body } = await api('POST', '/contacts', { email: 'asleep@example.com', time_zone: 'UTC' });
  const id = await send({ contact_id: body.id, class: 'marketing' });
  const { story, sentences } = await storyWhen(id, { status: 'scheduled', reason: 'hours' });
  const held = decision(story, 'hours');
  expect(held).toMatchObject({ verdict: 'defer' });
  expect(held?.checks.at(-1)).toMatchObject({ rule: 'hours', facts: { zones: ['UTC'] } });
  expect(held?.sentence).toMatch(/outside the allowed hours .*UTC.* put off until/);
  expect(sentences.at(-1)).toMatch(/^It is put off and tried again at/);
  await api('PUT', '/organization/policy', {});
});

test('cancelled with its booking: the decision of the plan, with the event behind it', async () => {
  await publish(server.db, server.organization, 'reminder', {
    name: 'Reminder',
    trigger: { type: 'event', event: 'booking.created' },
    steps: [
      {
        id: 'day-before',
        type: 'message',
        template: 'hello',
        channels: ['email'],
        timing: { from: 'anchor', anchor: 'subject.starts_at', offset: '-P1D' },
      },
    ],
  });
  const days = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString();
  const booking = await api('POST', '/bookings', {
    contact: { email: 'nina@example.com' },
    starts_at: days(10),
    ends_at: days(11),
    time_zone: 'Europe/Berlin',
  });
  const id = await vi.waitFor(async () => {
    const { body } = await api('GET', `/bookings/${booking.body.id}/plan`);
    expect(body.items).toHaveLength(1);
    return body.items[0].message_id as string;
  }, patient);
  await api('POST', `/bookings/${booking.body.id}/reschedule`, { starts_at: days(20) });
  await vi.waitFor(async () => {
    const { body } = await api('GET', `/bookings/${booking.body.id}/plan`);
    expect(body.items[0].moved).toBe(true);
  }, patient);
  await api('POST', `/bookings/${booking.body.id}/cancel`, {});
  const { story, sentences } = await storyWhen(id, { status: 'cancelled' });
  expect(kinds(story)).toEqual(['event', 'run', 'planned', 'decision', 'decision']);
  const plans = story.flatMap((entry) =>
    entry.kind === 'decision' ? [[entry.rule, entry.verdict, entry.event?.type]] : [],
  );
  expect(plans).toEqual([
    ['plan', 'moved', 'booking.rescheduled'],
    ['plan', 'cancelled', 'booking.cancelled'],
  ]);
  expect(sentences.at(-1)).toBe('It was cancelled, because what it is about was cancelled.');
});

test('failed over: the connection that refused, and the one that took it', async () => {
  const refusing = await connect('Refuses', { behaviour: 'fail' }, { priority: 1 });
  const { story } = await storyWhen(await send({ to: { email: 'over@example.com' } }), {
    status: 'delivered',
  });
  await api('DELETE', `/connections/${refusing}`);
  const attempts = story.flatMap((entry) => (entry.kind === 'attempt' ? [entry] : []));
  expect(attempts.map(({ attempt }) => [attempt.connection_id === refusing, attempt.outcome])).toEqual([
    [true, 'rejected'],
    [false, 'accepted'],
  ]);
  expect(attempts[0]?.sentence).toMatch(/^sandbox refused it/);
});

test('unknown: that it may have arrived is said, and whom to ask', async () => {
  // Takes the whole mail and hangs up instead of answering.
  const mailServer = await startScriptedServer({ finalDot: hangUp });
  const smtp = await connect(
    'Drops',
    {
      from_address: 'hello@school.example',
      host: '127.0.0.1',
      port: mailServer.port,
      security: 'none',
    },
    { provider: 'smtp', priority: 1, secrets: {} },
  );
  const { story, sentences } = await storyWhen(await send({ to: { email: 'maybe@example.com' } }), {
    status: 'unknown',
  });
  expect(story.at(-1)).toMatchObject({ kind: 'attempt', attempt: { outcome: 'unknown' } });
  expect(story.at(-1)?.sentence).toMatch(/it may have arrived/);
  expect(sentences.at(-1)).toMatch(/^Nobody knows whether it arrived/);
  await api('DELETE', `/connections/${smtp}`);
  await mailServer.close();
});

test('acts: who cancelled it, who suppressed the address, which merge brought it here', async () => {
  const contact = async (email: string) => (await api('POST', '/contacts', { email })).body.id as string;
  const [winner, loser] = [await contact('winner@example.com'), await contact('loser@example.com')];
  const later = new Date(Date.now() + 3_600_000).toISOString();
  const id = await send({ contact_id: loser, send_at: later });
  await api('POST', `/contacts/${winner}/merge`, { other_id: loser });
  await api('POST', '/suppressions', { channel: 'email', address: 'loser@example.com', reason: 'manual' });
  await api('DELETE', '/suppressions?channel=email&address=loser@example.com');
  await api('POST', `/messages/${id}/cancel`, {});
  const { story, sentences } = await storyWhen(id, { status: 'cancelled' });
  const acts = story.flatMap((entry) => (entry.kind === 'act' ? [entry] : []));
  expect(acts.map(({ act }) => act.action)).toEqual([
    'contact.merged',
    'suppression.added',
    'suppression.removed',
    'message.cancelled',
  ]);
  expect(acts[0]?.act.actor).toMatchObject({ type: 'user', name: expect.stringContaining('@') });
  expect(sentences.at(-2)).toMatch(/@.* cancelled it\.$/);
});

test('who acted is named to those alone who may read the audit log', async () => {
  const later = new Date(Date.now() + 3_600_000).toISOString();
  const id = await send({ to: { email: 'secret@example.com' }, send_at: later });
  await api('POST', `/messages/${id}/cancel`, {});
  const told = async (caller: TestCaller) => {
    const { body } = await caller('GET', `/messages/${id}/explain?locale=en`);
    const act = (body.story as StoryEntry[]).find((entry) => entry.kind === 'act');
    return { name: act?.act.actor.name, sentence: act?.sentence };
  };
  expect((await told(api)).name).toContain('@');
  const unnamed = { name: null, sentence: 'A member cancelled it.' };
  for (const caller of [await server.as('viewer'), await server.as('editor'), await server.apiKey()])
    expect(await told(caller)).toEqual(unnamed);
});

test('another organization has no such message', async () => {
  const id = await send({ to: { email: 'mine@example.com' } });
  const stranger = await server.apiKey(undefined, await server.db.organization('Another school'));
  expect((await stranger('GET', `/messages/${id}/explain`)).status).toBe(404);
});
