import { PermitInput } from '@halyard/contracts/handovers/permit';
import { expect, test } from 'vitest';
import { systemClock } from '../clock.js';
import type { OrgId } from '../ids.js';
import type { HandoverStore } from './handover-store.js';
import { Permits } from './permits.js';

test('who asks for a permit that cannot be decided is told to ask again', async () => {
  const message = { orgId: 'o', id: 'm' };
  const batch = { candidates: [{ message }], buckets: new Map() } as never;
  const ask: HandoverStore['ask'] = async (_orgId, _input, _term, decide) => decide(batch) as never;
  const permits = new Permits({ ask }, { clock: systemClock } as never);
  const input = PermitInput.parse({ key: 'a', contact: { email: 'ada@example.com' }, channel: 'email' });
  await expect(permits.ask('o' as OrgId, input)).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('ask again'),
  });
});
