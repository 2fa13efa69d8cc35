import type { ContactId } from '@halyard/core/ids';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { publish } from '../testing/deciding.js';
import { addConnection, setPolicy } from '../testing/delivery.js';
import { simulatedFlow } from '../testing/simulated-flow.js';
import { after, aGuest, allowed, aPolicy, base, dayMinutes, givenOf } from '../testing/simulated-guests.js';
import { School } from '../testing/simulated-school.js';
import type { TestDatabase } from '../testing/test-database.js';
import { openTestDatabase } from '../testing/test-database.js';

let db: TestDatabase;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.drop());

const whole = { from: new Date(base).toISOString(), until: after(8 * dayMinutes) };

test('Feature: simulation, Property 1: what the simulator says of given events, and of the same once they are recorded, is what production then does, message for message', async () => {
  await fc.assert(
    fc.asyncProperty(
      simulatedFlow,
      aPolicy,
      fc.array(aGuest, { minLength: 1, maxLength: 2 }),
      async (definition, policy, guests) => {
        const school = new School(db, await db.organization());
        await addConnection(db, school.orgId);
        await school.write();
        await setPolicy(db, school.orgId, policy);
        const { flowId } = await publish(db, school.orgId, 'any', definition);
        const ids: ContactId[] = [];
        for (const [n, guest] of guests.entries()) ids.push(await school.admit(guest, n));
        const flow = { flow_id: flowId };

        const events = guests.flatMap((guest, n) => givenOf(guest, ids[n] ?? '', n));
        const foretold = await school.foretold({ flow, events });
        await school.live(
          guests.flatMap((guest, n) =>
            school.doingsOf({ ...guest, happenings: allowed(guest) }, ids[n] as ContactId, n),
          ),
        );
        const sent = await school.sent();
        expect(foretold).toEqual(sent);

        await school.rememberAsRecorded();
        expect(await school.foretold({ flow, period: whole })).toEqual(sent);
        await school.close();
      },
    ),
    { numRuns: 100 },
  );
}, 600_000);
