import { expect, test } from 'vitest';
import { secretOf } from './secret-of';

test('the secret of an otpauth address is shown in groups that can be typed', () => {
  expect(secretOf('otpauth://totp/Halyard:anna@mail.example?secret=JBSWY3DPEHPK3PXP7&issuer=Halyard')).toBe(
    'JBSW Y3DP EHPK 3PXP 7',
  );
});
