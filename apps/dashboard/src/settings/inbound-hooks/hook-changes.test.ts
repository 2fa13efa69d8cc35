import { expect, test } from 'vitest';
import type { InboundHook } from '../../data/settings';
import { hookChanges } from './hook-changes';

const asked = { name: 'Shop', signature: 'standard' as const, bearer: false, addresses: ['203.0.113.7'] };
const hook = { ...asked, id: '1', kind: 'events', status: 'active' } as InboundHook;

test('what stays as the form was opened with is not sent, so it cannot take back what others changed', () => {
  expect(hookChanges(hook, asked)).toEqual({});
  expect(hookChanges(hook, { ...asked, name: 'Shop of Mia' })).toEqual({ name: 'Shop of Mia' });
});

test('what differs is sent, also when it is taken away', () => {
  const other = { name: 'Shop', signature: null, bearer: true, addresses: [] };
  expect(hookChanges(hook, other)).toEqual({ signature: null, bearer: true, addresses: [] });
  expect(hookChanges({ ...hook, ...other }, asked)).toEqual({
    signature: 'standard',
    bearer: false,
    addresses: ['203.0.113.7'],
  });
});
