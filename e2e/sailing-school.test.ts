import type { TestCaller, TestServer } from '@halyard/api/testing/test-server';
import { startTestServer } from '@halyard/api/testing/test-server';
import type { MailServer } from '@halyard/channels/testing/smtp-vendor';
import { smtpAccount, startMailServer } from '@halyard/channels/testing/smtp-vendor';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MovingClock } from './moving-clock.js';
import { until } from './until.js';

/** The story of seed 3, lived through: booking → plan → mails in a real mail server, with the booking moved and cancelled. */

interface PlannedItem {
  message_id: string;
  step: { id: string };
  flow: { key: string };
  channels: string[];
  planned_at: string;
  local_time: string;
  status: string;
  reason: string | null;
  moved: boolean;
}

const day = 86_400_000;
const clock = new MovingClock();
let server: TestServer;
let mail: MailServer;
let api: TestCaller;

beforeAll(async () => {
  server = await startTestServer({ loops: true, clock });
  mail = await startMailServer();
  api = await server.apiKey();
  await server.db.owner.query(
    `update organization_settings set time_zone = 'Europe/Berlin', locale = 'de', postal_address = 'Am Hafen 1, 17373 Ueckermünde'`,
  );
  const connection = await api('POST', '/connections', {
    provider: 'smtp',
    name: 'Our mail server',
    settings: {
      from_address: 'moin@haffwind.example',
      from_name: 'Segelschule Haffwind',
      host: '127.0.0.1',
      port: mail.port,
      security: 'none',
      username: smtpAccount.username,
    },
    secrets: { password: smtpAccount.password },
  });
  expect(connection.body).toMatchObject({ provider: 'smtp', test_error: null });
  await api('POST', '/products', { key: 'sks', name: 'SKS-Praxistörn', time_zone: 'Europe/Berlin' });
  const installed = await api('POST', '/recipes/sailing-school/install', { locale: 'de' });
  expect(installed.status, JSON.stringify(installed.body)).toBeLessThan(300);
});

afterAll(async () => {
  await server?.stop();
  await mail?.close();
});

/** The subject of a mail, decoded (RFC 2047) and unfolded. */
function subjectOf(mail: string): string {
  const [, subject = ''] = /^Subject: (.*(?:\r?\n[ \t].*)*)/m.exec(mail) ?? [];
  return subject
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([QB])\?(.*?)\?=/gi, (_, kind: string, text: string) =>
      kind.toUpperCase() === 'B'
        ? Buffer.from(text, 'base64').toString()
        : decodeURIComponent(
            text
              .replaceAll('_', ' ')
              .replace(/%/g, '%25')
              .replace(/=([0-9A-F]{2})/gi, '%$1'),
          ),
    );
}

/** A course that starts at 09:00 UTC, whole days from now, booked by a new guest who may be written to. */
async function book(inDays: number, guest: string): Promise<string> {
  const start = new Date(Math.floor(clock.now().getTime() / day) * day + inDays * day + 9 * 3_600_000);
  const { body, status } = await api('POST', '/bookings', {
    contact: { first_name: guest, email: `${guest.toLowerCase()}@mail.example`, locale: 'de' },
    product_key: 'sks',
    starts_at: start.toISOString(),
    ends_at: new Date(start.getTime() + 5 * day).toISOString(),
    time_zone: 'Europe/Berlin',
  });
  expect(status, JSON.stringify(body)).toBe(201);
  await until(
    () => subjectsTo(guest),
    (subjects) => subjects.length === 1,
  );
  expect(subjectsTo(guest)).toEqual(['Gebucht: SKS-Praxistörn']);
  return body.id;
}

async function planOf(booking: string): Promise<PlannedItem[]> {
  const { body } = await until(
    () => api('GET', `/bookings/${booking}/plan`),
    ({ body }) => body.pending_events === 0,
  );
  return body.items;
}

/** The plan when what went out is recorded too: a mail arrives a moment before that. */
const settledPlanOf = (booking: string): Promise<PlannedItem[]> =>
  until(
    () => planOf(booking),
    (items) => !items.some(({ status }) => status === 'sending'),
  );

const mailsTo = (guest: string) =>
  mail.mails.filter((text) => text.includes(`${guest.toLowerCase()}@mail.example`));
const subjectsTo = (guest: string) => mailsTo(guest).map(subjectOf);
const pending = (items: PlannedItem[]) => items.filter(({ status }) => status === 'scheduled');
const emails = (items: PlannedItem[]) => items.filter(({ channels }) => channels.includes('email'));

test('a booking becomes a visible plan, at the local times the recipe names', async () => {
  const booking = await book(10, 'Anna');
  const plan = await planOf(booking);
  expect(pending(plan).length).toBeGreaterThanOrEqual(6);
  const before = plan.find(({ step }) => /7/.test(step.id));
  expect(before).toMatchObject({ status: 'scheduled' });
  const start = (await api('GET', `/bookings/${booking}`)).body.starts_at;
  const daysAhead = (Date.parse(start) - Date.parse(before?.planned_at ?? '')) / day;
  expect(daysAhead).toBeGreaterThan(6);
  expect(daysAhead).toBeLessThan(8);
  expect(before?.local_time).toMatch(/\+0[12]:00$/);
});

test('what is due arrives at the mail server; a rescheduled booking takes its unsent messages along', async () => {
  const booking = await book(10, 'Jonas');
  const [first] = emails(pending(await planOf(booking)));
  if (!first) throw new Error('nothing is planned by mail');
  clock.moveTo(new Date(Date.parse(first.planned_at) + 1_000));
  await api('GET', '/health'); // loops look again within a second by themselves
  await until(
    () => mailsTo('Jonas'),
    (mails) => mails.length === 2,
  );
  expect(subjectsTo('Jonas')).toEqual(['Gebucht: SKS-Praxistörn', 'Noch eine Woche: SKS-Praxistörn']);
  expect(mailsTo('Jonas').join()).not.toMatch(/\{\{|%7B%7B/);

  const { body: was } = await api('GET', `/bookings/${booking}`);
  const moved = new Date(Date.parse(was.starts_at) + 14 * day).toISOString();
  const before = pending(await planOf(booking));
  // Moved twice within ten minutes: of two notices only the later one goes out.
  await api('POST', `/bookings/${booking}/reschedule`, { starts_at: was.ends_at, ends_at: was.ends_at });
  await planOf(booking);
  await api('POST', `/bookings/${booking}/reschedule`, {
    starts_at: moved,
    ends_at: new Date(Date.parse(was.ends_at) + 14 * day).toISOString(),
  });
  const after = await settledPlanOf(booking);
  const key = ({ flow, step }: PlannedItem) => `${flow.key} ${step.id}`;
  for (const message of before) {
    const now = after.find((other) => other.message_id === message.message_id);
    expect(now, key(message)).toMatchObject({ status: 'scheduled', moved: true });
    expect(Date.parse(now?.planned_at ?? '') - Date.parse(message.planned_at)).toBeGreaterThan(13 * day);
  }
  expect(after.find((other) => other.message_id === first.message_id)?.status).toMatch(/sent|delivered/);
  clock.moveTo(new Date(clock.now().getTime() + 11 * 60_000));
  await until(
    () => subjectsTo('Jonas'),
    (subjects) => subjects.length === 3,
  );
  expect(subjectsTo('Jonas').at(-1)).toBe('Neuer Termin: SKS-Praxistörn');
  const settled = await settledPlanOf(booking);
  const notices = settled.filter(({ flow }) => flow.key === 'sailing-school-rescheduled');
  expect(notices.map(({ status }) => status).sort()).toEqual([
    'cancelled',
    expect.stringMatching(/sent|delivered/),
  ]);
});

test('a cancelled booking is silent from then on, and its plan says why', async () => {
  const booking = await book(10, 'Sophie');
  await planOf(booking);
  await api('POST', `/bookings/${booking}/cancel`, { reason: 'Sturmwarnung' });
  const plan = await planOf(booking);
  expect(pending(plan).filter(({ flow }) => flow.key !== 'sailing-school-cancelled')).toEqual([]);
  const told = ['sailing-school-confirmation', 'sailing-school-cancelled'];
  const silenced = plan.filter(({ flow }) => !told.includes(flow.key));
  expect(silenced.length).toBeGreaterThanOrEqual(6);
  for (const message of silenced)
    expect(message).toMatchObject({ status: 'cancelled', reason: 'subject_cancelled' });
  clock.moveTo(new Date(clock.now().getTime() + 30 * day));
  const control = await api('POST', '/messages/send', {
    to: { email: 'control@mail.example' },
    channels: ['email'],
    class: 'transactional',
    content: { subject: 'Control', body: 'The loops run.' },
  });
  expect(control.status, JSON.stringify(control.body)).toBeLessThan(300);
  await until(() => mail.mails.some((text) => text.includes('control@mail.example')), Boolean);
  await until(
    () => subjectsTo('Sophie'), // by another lane than the control
    (subjects) => subjects.length >= 2,
  );
  expect(subjectsTo('Sophie')).toEqual(['Gebucht: SKS-Praxistörn', 'Storniert: SKS-Praxistörn']);
});

test('a whole course: before, during and after, each message once', async () => {
  const booking = await book(10, 'Mehmet');
  const plan = emails(pending(await planOf(booking)));
  const { body: details } = await api('GET', `/bookings/${booking}`);
  const sent: string[] = [];
  for (const message of [...plan].sort((a, b) => Date.parse(a.planned_at) - Date.parse(b.planned_at))) {
    if (Date.parse(message.planned_at) > Date.parse(details.starts_at) && !sent.includes('checked in')) {
      clock.moveTo(new Date(Date.parse(details.starts_at)));
      await api('POST', `/bookings/${booking}/check-in`);
      sent.push('checked in');
      await planOf(booking);
    }
    if (Date.parse(message.planned_at) > Date.parse(details.ends_at) && !sent.includes('completed')) {
      clock.moveTo(new Date(Date.parse(details.ends_at)));
      await api('POST', `/bookings/${booking}/complete`);
      sent.push('completed');
      await planOf(booking);
    }
    clock.moveTo(new Date(Math.max(clock.now().getTime(), Date.parse(message.planned_at) + 1_000)));
    const now = await until(
      () => api('GET', `/messages/${message.message_id}/status`),
      ({ body }) => !['scheduled', 'sending'].includes(body.status),
    );
    if (now.body.status === 'sent') sent.push(message.step.id);
  }
  const arrived = sent.filter((step) => !['checked in', 'completed'].includes(step));
  expect(arrived.length).toBeGreaterThanOrEqual(5);
  expect(new Set(arrived).size).toBe(arrived.length);
  expect(mailsTo('Mehmet')).toHaveLength(1 + arrived.length); // the confirmation came first
  expect(new Set(subjectsTo('Mehmet')).size).toBe(1 + arrived.length);
  const invitation = mailsTo('Mehmet').find((text) =>
    text.includes('List-Unsubscribe-Post: List-Unsubscribe=One-Click'),
  );
  expect(invitation, 'no marketing mail with one-click unsubscribe').toBeDefined();
});
