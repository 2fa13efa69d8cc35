import { expect, test } from 'vitest';
import { countedIds } from '../ids.js';
import { inlineText } from '../templates/inline-content.js';
import { renderLiquid } from '../templates/liquid.js';
import { parseVariant } from '../templates/parsed.js';
import type { ToldAlert } from './notification.js';
import { notificationMessage } from './notification.js';

const newId = countedIds();
const alert = (name: string, summary = 'Something is wrong.'): ToldAlert => ({
  id: newId(),
  rule_name: name,
  scope_name: null,
  severity: 'error',
  summary,
  notice: 'fired',
});

const make = (alerts: ToldAlert[], channel: 'email' | 'discord' = 'discord') =>
  notificationMessage({
    messageId: newId(),
    channel,
    target: { [channel]: 'there' },
    alerts,
    test: false,
    locale: 'en',
    urlOf: (id) => `https://halyard.example/alerts?id=${id}`,
    now: new Date('2026-05-01T08:00:00Z'),
  });

const textOf = ({ content, variables }: ReturnType<typeof make>): string => {
  if (!content) throw new Error('It has no content.');
  const parsed = parseVariant(inlineText(content));
  if (parsed.kind !== 'text') throw new Error('It is no text.');
  return renderLiquid(parsed.text, variables, { locale: 'en', timeZone: 'UTC' });
};

test('one alert is said in three lines, and its title is the subject', () => {
  const message = make([alert('Mail bounces')]);
  expect(message.variables.headline).toBe('[Error] Mail bounces: firing');
  expect(textOf(message).trim().split('\n')).toEqual([
    '[Error] Mail bounces: firing',
    'Something is wrong.',
    expect.stringContaining('https://halyard.example/alerts?id='),
  ]);
});

test('many alerts are one message, which a chat still takes', () => {
  const message = make(
    Array.from({ length: 40 }, (_, n) => alert(`Rule ${n} ${'x'.repeat(300)}`, 'y'.repeat(500))),
  );
  const text = textOf(message);
  expect(text.length).toBeLessThan(2_000);
  expect(text).toContain('… and 35 more.');
  expect(message.variables.headline).toMatch(/^40 alerts: /);
});

test('what data says is no Liquid', () => {
  const text = textOf(make([alert('{{ organization.secret }}{% raw %}')]));
  expect(text).toContain('{{ organization.secret }}{% raw %}');
});
