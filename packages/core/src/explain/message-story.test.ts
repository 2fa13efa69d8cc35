import type { Event } from '@halyard/contracts/events/event';
import type { MessageDetail } from '@halyard/contracts/messages/message';
import { expect, test } from 'vitest';
import type { MessageRecord } from './explain-store.js';
import { standing, storyOf } from './message-story.js';
import { tellerOf } from './tell.js';

const at = (seconds: number): string => new Date(Date.UTC(2026, 4, 1, 9, 0, seconds)).toISOString();
const teller = tellerOf('en', 'UTC');

const event = (type: string, seconds: number): Event => ({
  id: type,
  type,
  contact_id: null,
  subject: null,
  payload: {},
  occurred_at: at(seconds),
  recorded_at: at(seconds),
});

const record = (detail: Partial<MessageDetail>, more: Partial<MessageRecord> = {}): MessageRecord => ({
  detail: {
    source: 'flow',
    status: 'sent',
    reason: null,
    step_id: 'hello',
    planned_at: at(0),
    due_at: at(0),
    created_at: at(2),
    decisions: [],
    attempts: [],
    reports: [],
    ...detail,
  } as unknown as MessageDetail,
  events: [],
  event: null,
  causes: new Map(),
  run: null,
  campaign: null,
  definition: null,
  acts: [],
  timeZone: 'UTC',
  ...more,
});

const decided = (rule: string, verdict: string, facts: object, seconds = 3, eventId: string | null = null) =>
  ({ rule, verdict, facts, at: at(seconds), event_id: eventId }) as MessageDetail['decisions'][number];

const sentences = (given: MessageRecord): string[] =>
  storyOf(given, [], teller).map(({ sentence }) => sentence);

test('how it began comes first, though a loop’s clock was a little behind', () => {
  const run = { flow: { name: 'Welcome' }, version: 2, started_at: at(1) } as MessageRecord['run'];
  const given = record({ decisions: [decided('release', 'send', { checks: [], channel: 'email' }, 1)] });
  expect(sentences({ ...given, run, event: event('user.joined', 2) })).toEqual([
    'user.joined happened.',
    'The contact entered “Welcome” (version 2).',
    'Step hello planned it for 1 May 2026, 09:00 (UTC).',
    'All rules let it through: it was handed over by email.',
  ]);
});

test('a decision says what was found, what followed, and what would have to differ', () => {
  const checks = [
    { rule: 'expiry', verdict: 'pass' },
    { rule: 'consent', verdict: 'skip', reason: 'opted_out', facts: { channel: 'sms' } },
  ];
  const given = record({ decisions: [decided('consent', 'skipped', { checks, reason: 'opted_out' })] });
  expect(sentences(given).at(-1)).toBe(
    'They opted out (SMS). So it was skipped. They would have to give their consent again.',
  );
});

test('a change of plan names the event that it followed from', () => {
  const moved = decided('plan', 'moved', { planned_at: at(9) }, 3, 'booking.rescheduled');
  const causes = new Map([['booking.rescheduled', event('booking.rescheduled', 3)]]);
  expect(sentences(record({ decisions: [moved] }, { causes })).at(-1)).toMatch(
    /^Its plan changed after booking.rescheduled: it is now due at/,
  );
});

test('what an erasure emptied, and what a later version wrote, is told as far as it goes', () => {
  const given = record({
    decisions: [
      decided('consent', 'skipped', {}),
      decided('moon_phase', 'full', {}),
      decided('hours', 'bent', {}),
    ],
    reports: [{ type: 'eaten', received_at: at(5), payload: null }],
  });
  expect(sentences(given).slice(1)).toEqual([
    'So it was skipped.',
    'moon_phase: full.',
    'hours: bent.',
    'report: eaten.',
  ]);
});

test('an opening that Halyard saw itself is told, once', () => {
  const opened = [event('message.opened', 6), event('message.sent', 4)];
  expect(sentences(record({}, { events: opened })).slice(1)).toEqual(['It was opened.']);
  const reports = [{ type: 'opened', received_at: at(6), payload: {} }];
  expect(sentences(record({ reports }, { events: opened })).slice(1)).toEqual(['It was opened.']);
});

test('a reason without words of its own is told as it is', () => {
  expect(standing(record({ status: 'cancelled', reason: 'toString' }), teller)).toBe(
    'It was cancelled, because of “toString”.',
  );
});

const act = (action: string, seconds: number, changes = {}) => ({
  at: new Date(at(seconds)),
  action,
  actorType: 'user' as const,
  actorName: 'anna@example.com',
  changes,
});

test('what people did to it is told with who it was', () => {
  const acts = [
    act('message.retried', 4, { confirmed: true }),
    act('review_item.resolved', 5),
    act('contact.merged', 6),
    act('template.updated', 7),
  ];
  expect(sentences(record({}, { acts })).slice(1)).toEqual([
    'anna@example.com had it sent again, although it may have arrived before.',
    'anna@example.com closed its review item without another try.',
    'anna@example.com merged another contact into its contact.',
  ]);
});

test('of what is older than the message, only the act that kept it back is told', () => {
  const acts = [act('suppression.added', 0), act('suppression.added', 1), act('contact.merged', 1)];
  const told = (reason: string | null) => sentences(record({ reason }, { acts })).slice(0, -1);
  expect(told('suppressed')).toEqual(['anna@example.com put its address on the suppression list.']);
  expect(told(null)).toEqual([]);
});

test('leaving by the link of a message is told once in its story, and to others as what kept them back', () => {
  const consents = [{ topic: '*', state: 'withdrawn' }];
  const left = {
    ...act('preferences.changed', 5, { channel: 'email', consents }),
    actorType: 'contact' as const,
  };
  const unsubscribed = [event('message.unsubscribed', 5)];
  expect(sentences(record({}, { acts: [left], events: unsubscribed })).slice(1)).toEqual([
    'The recipient unsubscribed.',
  ]);
  expect(sentences(record({}, { acts: [left] })).slice(1)).toEqual(['The recipient unsubscribed (email).']);
});

test('of a permit it says what the other service was told, and that it never reported', () => {
  const attempt = {
    outcome: 'unknown',
    provider: 'n8n',
    channel: 'email',
    started_at: at(4),
    finished_at: at(9),
  };
  const given = record({
    source: 'permit',
    status: 'unknown',
    reason: 'not_reported',
    step_id: null,
    decisions: [decided('release', 'send', { checks: [], channel: 'email' })],
    attempts: [attempt as MessageDetail['attempts'][number]],
  });
  expect(sentences(given)[0]).toMatch(/^Another service asked whether it may send it\./);
  expect(sentences(given).slice(1)).toEqual([
    'All rules let it through: the other service was told to send it by email.',
    'The other service never reported what became of it: it may have arrived.',
  ]);
  expect(standing(record({ source: 'permit', status: 'scheduled', reason: 'quiet_hours' }), teller)).toMatch(
    /^The other service may ask again from /,
  );
});
