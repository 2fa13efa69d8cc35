import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countedIds } from '../ids.js';
import type { PreparedContact } from './contact-input.js';
import { addressKey } from './contact-input.js';
import type { ContactState, KnownContacts, UpsertPlan } from './plan-upserts.js';
import { planUpserts } from './plan-upserts.js';

const row: fc.Arbitrary<PreparedContact> = fc.record({
  fields: fc.record(
    { external_id: fc.constantFrom('x1', 'x2', 'x3'), first_name: fc.option(fc.constantFrom('Anna', 'Ben')) },
    { requiredKeys: [] },
  ),
  attributes: fc.dictionary(fc.constantFrom('a', 'b'), fc.option(fc.integer({ max: 3 }))),
  addresses: fc.subarray(['a@x.test', 'b@x.test', 'c@x.test', '+4930123456', '+4930123457']).map((list) =>
    list.map((address) => ({
      kind: address.startsWith('+') ? ('phone' as const) : ('email' as const),
      address,
    })),
  ),
});
const rows = fc.array(row, { minLength: 1, maxLength: 12 });
const nobody: KnownContacts = { byExternalId: new Map(), byAddress: new Map(), withEmail: new Set() };

/** What the database would answer after a plan was written on top of `before`. */
function after(before: KnownContacts, plan: UpsertPlan): KnownContacts {
  const states = new Map<string, ContactState>();
  for (const state of [...before.byExternalId.values(), ...before.byAddress.values(), ...plan.writes])
    states.set(state.id, { id: state.id, fields: state.fields, attributes: state.attributes });
  const byExternalId = new Map<string, ContactState>();
  const byAddress = new Map<string, ContactState>();
  for (const state of states.values())
    if (state.fields.external_id) byExternalId.set(state.fields.external_id, state);
  for (const [key, { id }] of before.byAddress) byAddress.set(key, states.get(id) as ContactState);
  for (const write of plan.writes)
    for (const address of write.addresses)
      byAddress.set(addressKey(address), states.get(write.id) as ContactState);
  const withEmail = [...byAddress].flatMap(([key, { id }]) => (key.startsWith('email:') ? [id] : []));
  return { byExternalId, byAddress, withEmail: new Set(withEmail) };
}

test('Feature: contacts, Property 2: no address or external id is ever given to two contacts', () => {
  fc.assert(
    fc.property(rows, (list) => {
      const { writes } = planUpserts(list, nobody, countedIds());
      const keys = writes.flatMap((write) => write.addresses.map(addressKey));
      const externalIds = writes.flatMap((write) => write.fields.external_id ?? []);
      expect(new Set(keys).size).toBe(keys.length);
      expect(new Set(externalIds).size).toBe(externalIds.length);
    }),
    { numRuns: 300 },
  );
});

test('Feature: contacts, Property 3: one batch does what its rows do one by one', () => {
  fc.assert(
    fc.property(rows, (list) => {
      const newId = countedIds();
      const batch = planUpserts(list, nobody, countedIds());
      let known = nobody;
      const results = list.map((one) => {
        const plan = planUpserts([one], known, newId);
        known = after(known, plan);
        return plan.results[0];
      });
      const outcomes = (some: typeof results) => some.map((one) => one?.outcome);
      expect(outcomes(results)).toEqual(outcomes(batch.results));
    }),
    { numRuns: 300 },
  );
});

test('Feature: contacts, Property 4: a row that was taken changes nothing when it comes again at once', () => {
  fc.assert(
    fc.property(rows, row, (list, last) => {
      const newId = countedIds();
      const known = after(nobody, planUpserts(list, nobody, newId));
      const plan = planUpserts([last], known, newId);
      const [first] = plan.results;
      const [again] = planUpserts([last], after(known, plan), newId).results;
      const hasKey = Boolean(last.fields.external_id) || last.addresses.length > 0;
      if (first?.outcome === 'refused') expect(again?.outcome).toBe('refused');
      else if (hasKey) expect(again).toEqual({ outcome: 'unchanged', id: first?.id });
    }),
    { numRuns: 300 },
  );
});

test('Feature: contacts, Property 5: people with different e-mail addresses are never joined by a shared number', () => {
  const person = fc.record({
    email: fc.constantFrom('a@x.test', 'b@x.test', 'c@x.test', null),
    phone: fc.constantFrom('+4930123456', '+4930123457', null),
  });
  fc.assert(
    fc.property(fc.array(person, { minLength: 1, maxLength: 12 }), (people) => {
      const list = people.map(
        ({ email, phone }): PreparedContact => ({
          fields: {},
          attributes: {},
          addresses: [
            ...(email ? [{ kind: 'email' as const, address: email }] : []),
            ...(phone ? [{ kind: 'phone' as const, address: phone }] : []),
          ],
        }),
      );
      const { writes } = planUpserts(list, nobody, countedIds());
      for (const { addresses } of writes)
        expect(addresses.filter(({ kind }) => kind === 'email').length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 300 },
  );
});
