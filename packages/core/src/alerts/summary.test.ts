import { AlertRuleInput } from '@halyard/contracts/alerts/rule';
import { expect, test } from 'vitest';
import { defaultRules } from './default-rules.js';
import { summaryOf } from './summary.js';

const found = { cause: 'threshold', value: 7.456, reason: null, name: null } as const;

test('a sentence says the value, the window and the limit, in English and German', () => {
  const { bounces } = defaultRules;
  if (!bounces) throw new Error('There is no such rule.');
  expect(summaryOf(bounces, found, 'en')).toBe(
    '7.46 % of the messages on email came back within 24 hours (alert at 5 % or more).',
  );
  expect(summaryOf(bounces, found, 'de-AT')).toBe(
    '7,46 % der Nachrichten über email kamen zurück innerhalb von 24 Stunden (Alarm ab 5 %).',
  );
  expect(summaryOf(bounces, found, 'fr')).toContain('came back');
});

test('what cannot be measured says why', () => {
  const rule = AlertRuleInput.parse({ name: 'Late', metric: 'lateness', threshold: 60 });
  const reason = 'The database did not answer in time.';
  expect(summaryOf(rule, { cause: 'unmeasured', value: null, reason, name: null }, 'en')).toBe(
    `It cannot be measured how this stands: ${reason}`,
  );
});

test.each(Object.entries(defaultRules))('the default rule %s can be said', (_key, rule) => {
  for (const locale of ['en', 'de']) {
    const text = summaryOf(rule, { ...found, name: 'Mailer' }, locale);
    expect(text).not.toMatch(/undefined|null|\s\s/);
    expect(text).toMatch(/\.$/);
  }
});
