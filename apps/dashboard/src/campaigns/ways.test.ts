import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sentOn, waysOf } from './ways';

test('a template is named by one key, by a key per channel or by its id', () => {
  const channels = ['email', 'sms'] as ('email' | 'sms')[];
  expect(waysOf({ channels, template: 'news' }, [])).toEqual([
    { channel: 'email', key: 'news' },
    { channel: 'sms', key: 'news' },
  ]);
  expect(waysOf({ channels, template: { email: 'news' } }, [])).toEqual([
    { channel: 'email', key: 'news' },
    { channel: 'sms', key: '' },
  ]);
  const templates = [{ id: 't1', key: 'season', channel: 'email' as const }];
  expect(waysOf({ channels: ['email'], template: { id: 't1', version: 2 } }, templates)).toEqual([
    { channel: 'email', key: 'season' },
  ]);
  expect(waysOf({ channels: ['email'], template: { id: 'gone' } }, templates)).toEqual([
    { channel: 'email', key: '' },
  ]);
});

test('Feature: campaigns, Property 1: what is sent on its channels is read back as it was chosen', () => {
  const way = fc.record({
    channel: fc.constantFrom('email' as const, 'sms' as const, 'whatsapp' as const),
    key: fc.string({ minLength: 1 }).filter((key) => key !== '__proto__'),
  });
  const ways = fc.uniqueArray(way, { minLength: 1, selector: ({ channel }) => channel });
  fc.assert(
    fc.property(ways, (chosen) => {
      expect(waysOf(sentOn(chosen), [])).toEqual(chosen);
    }),
  );
});
