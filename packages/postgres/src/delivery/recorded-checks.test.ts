import { defer, pass, skip } from '@halyard/core/delivery/check';
import { expect, test } from 'vitest';
import { readFacts, recordChecks } from './recorded-checks.js';

const checks = [
  pass('expiry'),
  pass('address', { channel: 'email' }),
  pass('connection', { channel: 'email', connection_id: 'c' }),
  pass('subject_state', { status: 'confirmed' }),
  skip('consent', 'no_consent', 'They would have to agree.', { channel: 'email' }),
];

test('checks are read as they were written', () => {
  const stored = JSON.parse(JSON.stringify({ checks: recordChecks(checks), attempt_id: 'a' }));
  expect(readFacts(stored)).toEqual({ checks, attempt_id: 'a' });
});

test('what only passed takes a word', () => {
  expect(recordChecks(checks).slice(0, 2)).toEqual(['expiry', 'address@email']);
});

test('what did not pass is kept in full, and facts without checks stay as they are', () => {
  const put = defer('hours', new Date(0), 'It would have to be day.');
  expect(recordChecks([put])).toEqual([put]);
  expect(readFacts({ moved: true })).toEqual({ moved: true });
  expect(readFacts(null)).toEqual({});
});
