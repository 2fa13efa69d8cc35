import type { FlowFinding } from '@halyard/contracts/flows/check';
import { FlowDefinition } from '@halyard/contracts/flows/definition';
import { OrganizationPolicy } from '@halyard/contracts/organizations/policy';
import { expect, test } from 'vitest';
import { checkDefinition } from '../check.js';
import { knownFor } from '../testing/known.js';
import { mail, pause } from '../testing/steps.js';

const level = 'contact.attributes.level';
const is = (value: unknown) => ({ field: level, op: 'eq', value });
const branch = (id: string, when: object, next: string | null, more: object = {}) => ({
  id,
  type: 'branch',
  branches: [{ when, next }],
  ...more,
});
const hello = { free_text: false, prints: [] };
const templates = new Map([
  [
    'hello',
    new Map([
      ['email', hello] as const,
      ['sms', hello] as const,
      ['whatsapp', { ...hello, free_text: true }] as const,
    ]),
  ],
]);

function findingsOf(steps: object[], more: object = {}, policy: object = {}): FlowFinding[] {
  const trigger = { type: 'event', event: 'booking.created' };
  const definition = FlowDefinition.parse({ name: 'Any', trigger, steps, ...more });
  return checkDefinition(definition, knownFor({ templates, policy: OrganizationPolicy.parse(policy) }));
}
const placesOf = (...given: Parameters<typeof findingsOf>) =>
  findingsOf(...given).map(({ severity, rule, path }) => `${severity} ${rule} ${path}`);

test.each<[string, object[], object, string[]]>([
  [
    'what contradicts the branch before',
    [branch('a', is(1), 'b', { next: null }), branch('b', is(2), null), mail('m')],
    {},
    ['error reachable steps.1.branches.0'],
  ],
  [
    'a number between a number and itself',
    [
      branch(
        'a',
        {
          all: [
            { field: level, op: 'gt', value: 5 },
            { field: level, op: 'lt', value: 3 },
          ],
        },
        null,
      ),
      mail('m'),
    ],
    {},
    ['error reachable steps.0.branches.0'],
  ],
  [
    'a branch after one that always holds',
    [
      {
        ...branch('a', { all: [] }, 'm'),
        branches: [
          { when: { all: [] }, next: 'm' },
          { when: is(1), next: null },
        ],
      },
      mail('m'),
    ],
    {},
    ['error reachable steps.0.branches.1'],
  ],
  [
    'a step for those whom no branch leaves over',
    [
      branch(
        'a',
        {
          any: [
            { field: level, op: 'exists' },
            { field: level, op: 'missing' },
          ],
        },
        'm',
      ),
      pause('w'),
      mail('m'),
    ],
    {},
    ['error reachable steps.0.next'],
  ],
  [
    'a value that a step has just set otherwise',
    [{ id: 's', type: 'update_contact', set: { level: 1 } }, branch('a', is(2), null), mail('m')],
    {},
    ['error reachable steps.1.branches.0'],
  ],
  [
    'an audience of nobody',
    [mail('m')],
    { trigger: { type: 'schedule', cron: '0 9 * * 1', audience: { any: [] } } },
    ['error never_holds trigger.audience'],
  ],
  [
    'a condition of a message',
    [mail('m', { condition: { all: [is(1), is(2)] } })],
    {},
    ['error never_holds steps.0.condition'],
  ],
  [
    'an exit that always holds',
    [mail('m')],
    { exits: [{ name: 'x', condition: { all: [] } }] },
    ['error never_holds exits.0.condition'],
  ],
  [
    'what an exit has taken out',
    [branch('a', is(1), null), mail('m')],
    { exits: [{ name: 'one', condition: is(1) }] },
    ['error reachable steps.0.branches.0'],
  ],
  [
    'a booking that is cancelled, which ends the run',
    [branch('a', { field: 'subject.status', op: 'eq', value: 'cancelled' }, null), mail('m')],
    {},
    ['error reachable steps.0.branches.0'],
  ],
  [
    'only what the filter rules out',
    [branch('a', is(2), null), mail('m')],
    { trigger: { type: 'event', event: 'booking.created', filter: is(1) } },
    ['warning reachable steps.0.branches.0'],
  ],
])('%s is found', (_, steps, more, expected) => {
  expect(placesOf(steps, more)).toEqual(expected);
});

test('where time passes, facts may change: nothing is called unreachable then', () => {
  const later = [branch('a', is(1), 'w', { next: null }), pause('w'), branch('b', is(2), null), mail('m')];
  expect(placesOf(later)).toEqual([]);
  const set = { id: 's', type: 'update_contact', set: { level: 2 } };
  expect(
    placesOf([
      branch('a', is(1), 's', { next: null }),
      set,
      branch('b', is(2), 'm', { next: 'm' }),
      mail('m'),
    ]),
  ).toEqual([]);
});

test('a contradiction names the conditions and the way, in both languages', () => {
  const [finding] = findingsOf([
    branch('a', is(1), 'b', { next: null }),
    branch('b', is(2), null),
    mail('m'),
  ]);
  expect(finding?.counterexample).toMatchObject({
    way: [
      { step: 'a', took: 'branches.0' },
      { step: 'b', took: 'branches.0' },
    ],
    contradiction: [
      { path: 'steps.0.branches.0.when', condition: `${level} = 1`, holds: true },
      { path: 'steps.1.branches.0.when', condition: `${level} = 2`, holds: true },
    ],
    sentences: {
      en: `a (branch 1) → b (branch 1) asks that ${level} = 1 (steps.0.branches.0.when) holds and ${level} = 2 (steps.1.branches.0.when) holds, which cannot be.`,
      de: expect.stringContaining('was nicht sein kann.'),
    },
  });
});

test('loops are shown by somebody who goes round', () => {
  const endless = findingsOf([mail('m'), pause('w', { next: 'm' })]);
  expect(endless[0]).toMatchObject({
    rule: 'ends',
    counterexample: {
      sentences: { en: expect.stringContaining('m → w → m → w → m → w: and so on without end.') },
    },
  });
  const date = pause('w', { wait: { for: 'anchor', anchor: 'subject.starts_at' }, next: 'm' });
  const [atOnce] = findingsOf([mail('m'), date], { exits: [{ name: 'paid', event: 'order.paid' }] });
  expect(atOnce).toMatchObject({
    rule: 'ends',
    counterexample: {
      facts: [{ field: 'subject.starts_at' }],
      sentences: { de: expect.stringContaining('scheitert der Durchlauf sofort') },
    },
  });
});

test('a message for a time of day at which nothing goes out is warned of; one that comes when it comes is not', () => {
  const sms = (timing: object) => [mail('m', { channels: ['sms'], class: 'service', timing })];
  const [finding] = findingsOf(sms({ offset: 'P1D', at: '06:30' }));
  expect(finding).toMatchObject({
    severity: 'warning',
    rule: 'hours',
    path: 'steps.0.timing.at',
    counterexample: { messages: [{ step: 'm', at: '2026-06-02T04:30:00.000Z' }] },
  });
  expect(placesOf(sms({ offset: 'P1D', at: '10:00' }))).toEqual([]);
  expect(placesOf(sms({ offset: 'PT18H' }))).toEqual([]);
  const weekend = {
    send_windows: {
      default: [{ from: '08:00', to: '20:00', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'] }],
    },
  };
  const saturday = [mail('m', { timing: { at: '10:00', weekdays: ['sat'] } })];
  expect(placesOf(saturday, {}, weekend)).toEqual(['warning hours steps.0.timing.at']);
});

test('messages that no one person can get together do not count together', () => {
  const either = [mail('m', { condition: is(1) }), mail('n', { condition: is(2) })];
  const caps = { caps: [{ messages: 1, per: 'P1D' }] };
  expect(placesOf(either, {}, caps)).toEqual([]);
  const [finding] = findingsOf([mail('m', { condition: is(1) }), mail('n', { condition: is(1) })], {}, caps);
  expect(finding).toMatchObject({ rule: 'caps', path: 'steps.1' });
});
