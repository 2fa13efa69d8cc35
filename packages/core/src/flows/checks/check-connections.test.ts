import { FlowDefinition } from '@halyard/contracts/flows/definition';
import { expect, test } from 'vitest';
import { knownFor } from '../testing/known.js';
import { checkConnections } from './check-connections.js';

const definition = FlowDefinition.parse({
  name: 'Any',
  trigger: { type: 'api' },
  steps: [
    { id: 'mail', type: 'message', template: 'hello', channels: ['email'] },
    { id: 'either', type: 'message', template: 'hello', channels: ['sms', 'email'] },
  ],
});
const told = (channels: ('email' | 'sms')[]) =>
  checkConnections(definition, knownFor({ channels: new Set(channels) })).map(
    ({ severity, path, message }) => `${severity} ${path} ${message}`,
  );

test('a channel without an active connection is a warning that says what becomes of the messages', () => {
  expect(told(['email', 'sms'])).toEqual([]);
  expect(told(['email'])).toEqual([
    expect.stringMatching(/^warning steps\.1\.channels .*names sms, .* go out on email only/),
  ]);
  expect(told([])).toEqual([
    expect.stringMatching(/^warning steps\.0\.channels .*names email, .* wait for one until they expire/),
    expect.stringMatching(/names sms and email/),
  ]);
});
