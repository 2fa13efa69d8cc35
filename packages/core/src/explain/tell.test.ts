import { expect, test } from 'vitest';
import { tellerOf, tellFlip } from './tell.js';

const change = { changes: [{ field: 'contact.attributes.level', from: 3, to: 5 }], tried: 9 };

test.each([
  ['en', 'If contact.attributes.level were 5 instead of 3 (known only as it is now), it would enter.'],
  ['de', '(nur im heutigen Stand bekannt)'],
] as const)('a change of what is only known as it is now says so, in %s', (locale, sentence) => {
  const teller = tellerOf(locale, 'UTC');
  const told = (known: 'then' | 'now') =>
    tellFlip(change as never, 'enters', teller, { asOf: () => known })?.sentence;
  expect(told('now')).toContain(sentence);
  expect(told('then')).not.toContain(teller.says.phrases.asOfNow);
});
