import { expect, test } from 'vitest';
import { fingerprintOf } from './failures.js';

test.each([
  ['Order 4711 failed', 'order 12  failed'],
  ['No user "anna@example.org"', "No user 'ben'"],
  [
    'Row 0199f3a2-6c1e-7b64-9d0a-3c5f2b1e8a70 is locked',
    'Row 0199f3a2-6c1e-7b64-9d0a-3c5f2b1e8a71 is locked',
  ],
  ['At 0xdeadbeef in deadbeefdeadbeef00', 'At 0x12 in 00112233445566778899'],
])('%s is the same fault as %s', (one, other) => {
  expect(fingerprintOf('shop', one)).toBe(fingerprintOf('shop', other));
});

test('another fault, or that of another service, is another one', () => {
  const known = fingerprintOf('shop', 'Order 1 failed');
  expect(fingerprintOf('shop', 'Order 1 was late')).not.toBe(known);
  expect(fingerprintOf('ledger', 'Order 1 failed')).not.toBe(known);
});
