import { describe, expect, test } from 'vitest';
import { vectors } from '../../../../docs/n8n/signature-vectors.json';
import { signatureFault } from './verify-signature';

describe('the signature vectors', () => {
  test.each(vectors)('$name: $valid', (vector) => {
    const fault = signatureFault(
      {
        id: vector.webhook_id,
        timestamp: vector.webhook_timestamp,
        signature: vector.webhook_signature,
        body: Buffer.from(vector.body),
      },
      vector.secrets,
      new Date(vector.received_at),
    );
    expect(fault === null).toBe(vector.valid);
  });
});

test('what is wrong is said without telling what would be right', () => {
  const request = { id: 'a', timestamp: '1777622400', signature: 'v1,AAAA', body: Buffer.from('{}') };
  const at = new Date(1_777_622_400_000);
  expect(signatureFault(request, ['whsec_c2VjcmV0'], at)).toBe(
    'no signature was made with the secret that is known here',
  );
  expect(signatureFault({ ...request, id: undefined }, [], at)).toContain('not all there');
});
