import { webhookEventTypes } from '@halyard/contracts/webhooks/events';
import { expect, test } from 'vitest';
import words from '../../words/en/settings.json';
import { eventGroups, wordOf } from './event-types';

test('every type of event of the contract can be chosen, and has words', () => {
  const offered = Object.values(eventGroups).flat();
  expect([...offered].sort()).toEqual([...webhookEventTypes].sort());
  expect(Object.keys(words.settings.webhooks.events).sort()).toEqual(offered.map(wordOf).sort());
});
