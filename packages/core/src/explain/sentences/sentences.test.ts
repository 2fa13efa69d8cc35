import { describe, expect, test } from 'vitest';
import { planningReasons } from '../../flows/plan.js';
import { localeFor, tellerOf } from '../tell.js';
import { de } from './de.js';
import { en } from './en.js';
import type { Sentences, ToldCheck } from './sentences.js';

const shapeOf = (table: object): unknown =>
  Object.fromEntries(
    Object.entries(table).map(([name, inner]) => [
      name,
      typeof inner === 'object' ? shapeOf(inner) : typeof inner,
    ]),
  );

test('both languages say the same things', () => {
  expect(shapeOf(de)).toEqual(shapeOf(en));
});

const reasons = [
  null,
  'opted_out',
  'no_connection',
  'breaker_open',
  'rejected',
  'subject_missing',
  'contact_erased',
];

describe.each([
  ['en', en],
  ['de', de],
] as const)('in %s', (locale, says: Sentences) => {
  const { words } = tellerOf(locale, 'Europe/Berlin');

  test.each(Object.entries(says.checks))(
    'the rule %s tells what it found, and what it would need',
    (_, tell) => {
      for (const reason of reasons)
        for (const facts of [
          {},
          { channel: 'sms', zones: ['Europe/Berlin'], until: '2026-05-01T09:00:00Z' },
        ]) {
          const check: ToldCheck = { passed: true, reason, facts };
          expect(tell(check, words)).toMatchObject({ says: expect.stringMatching(/\.$/), needs: null });
          const failed = tell({ ...check, passed: false }, words);
          expect(failed.says).toMatch(/^[A-ZÄÖÜ].*\.$/);
          expect(failed.needs).toMatch(/^[A-ZÄÖÜ].*\.$/);
          expect(`${failed.says}${failed.needs}`).not.toMatch(/undefined|null|NaN|\[object/);
        }
    },
  );

  test.each(Object.entries(says.flows))('the reason %s makes a sentence', (_, tell) => {
    const told = tell({
      flow: '“Welcome”',
      event: { type: 'user.joined', at: 'then' },
      run: { startedAt: 'then', endedAt: null },
      step: 'rest',
      until: 'later',
      waitingFor: 'order.paid',
      name: 'bought',
      stood: { status: 'paused', since: 'then' },
    });
    expect(told).toMatch(/\.$/);
    expect(told).not.toMatch(/undefined|null/);
  });
});

describe.each([
  ['en', en],
  ['de', de],
] as const)('reasons in %s', (_, { statuses }) => {
  const given = [
    ...planningReasons,
    'cancelled_by_person',
    'contact_erased',
    'suppressed',
    'opted_out',
    'no_consent',
    'no_report',
  ];

  test.each(given)('%s has words of its own', (reason) => {
    const told = statuses.cancelled({ reason, due: '', planned: '' });
    expect(told).not.toContain(reason);
    expect(told).toMatch(/\.$/);
  });
});

test('durations, switches and instants in values are told in words', () => {
  const words = (locale: 'en' | 'de') => tellerOf(locale, 'UTC').words;
  expect(words('en').value('P1W2D')).toBe('1 week 2 days');
  expect(words('de').value('PT90M')).toBe('90 Minuten');
  expect(words('de').value(true)).toBe('ja');
  expect(words('en').value('2026-05-01T22:30:01Z')).toBe('1 May 2026, 22:30:01 (UTC)');
  expect(words('en').value('PAID')).toBe('PAID');
  expect(words('de').channel('web_chat')).toBe('Web-Chat');
});

test('instants are told on the clock of the zone, in the form of the language', () => {
  const at = '2026-05-01T22:30:00Z';
  expect(tellerOf('en', 'Europe/Berlin').words.at(at)).toBe('2 May 2026, 00:30 (Europe/Berlin)');
  expect(tellerOf('de', 'America/New_York').words.at(at)).toBe('01.05.2026, 18:30 (America/New_York)');
});

test.each([
  [undefined, undefined, 'en'],
  [undefined, 'de-AT,de;q=0.9,en;q=0.8', 'de'],
  [undefined, 'fr;q=1, en;q=0.4, de;q=0.5', 'de'],
  [undefined, 'fr, it', 'en'],
  [undefined, 'de;q=0, en;q=0.1', 'en'],
  [undefined, '*', 'en'],
  ['en', 'de', 'en'],
] as const)('asked for %s with %s, it is %s', (asked, accepted, locale) => {
  expect(localeFor(asked, accepted)).toBe(locale);
});
