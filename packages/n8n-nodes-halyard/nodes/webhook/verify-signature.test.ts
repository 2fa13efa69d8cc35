import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { signatureFault } from './verify-signature';

interface Vector {
  name: string;
  webhook_id: string;
  webhook_timestamp: string;
  webhook_signature: string;
  body: string;
  received_at: string;
  secrets: string[];
  valid: boolean;
}

const file = join(import.meta.dirname, '../../../../docs/n8n/signature-vectors.json');
const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: Vector[] };

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
