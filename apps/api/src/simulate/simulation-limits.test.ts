import { SimulationInput } from '@halyard/contracts/simulate/routes';
import type { OrgId } from '@halyard/core/ids';
import { expect, test } from 'vitest';
import { silent } from '../testing/test-settings.js';
import { SimulationProcesses } from './simulation-processes.js';

const anybody = '00000000-0000-7000-8000-000000000000' as OrgId;
const nowhere = { databaseUrl: 'postgres://localhost:1/none', secret: 'x', publicUrl: 'http://localhost' };
const input = SimulationInput.parse({
  flow: {
    definition: {
      name: 'Any',
      trigger: { type: 'event', event: 'user.login' },
      steps: [{ id: 'end', type: 'exit' }],
    },
  },
  contacts: [{ key: 'anna' }],
  events: [{ at: '2026-01-01T00:00:00Z', type: 'user.login', contact: 'anna' }],
});

test('a simulation that takes more memory than it may is ended, and told what to do about it', async () => {
  const greedy = new URL('../testing/greedy-task.ts', import.meta.url);
  const processes = new SimulationProcesses(greedy, nowhere, { atOnce: 1, eachMb: 64 }, silent);
  await expect(processes.run(anybody, input, {})).rejects.toMatchObject({
    code: 'invalid_request',
    message: expect.stringMatching(/more than the 64 MB .* choose a shorter period, or one contact/),
  });
});
