import { FlowDefinition } from '@halyard/contracts/flows/definition';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { factAt } from '../../conditions/facts.js';
import { parseLiquid, renderLiquid } from '../../templates/liquid.js';
import { barePrints } from '../../templates/uses.js';
import { templateVariables } from '../../templates/variables.js';
import { knownFor } from '../testing/known.js';
import { lifeOf, live } from '../testing/lived-run.js';
import { checkVariables } from './check-variables.js';

const text = (source: string) => ({
  free_text: true,
  prints: barePrints({ default_locale: 'en', locales: { en: { kind: 'text', text: source } }, fallback: {} }),
});
const say = (more: object = {}) => ({
  id: 'say',
  type: 'message',
  template: 'hello',
  channels: ['email'],
  ...more,
});

function findingsOf(
  source: string,
  steps: object[],
  trigger: object = { type: 'event', event: 'user.login' },
) {
  const definition = FlowDefinition.parse({ name: 'Any', trigger, steps });
  const templates = new Map([['hello', new Map([['email' as const, text(source)]])]]);
  return checkVariables(definition, knownFor({ templates }));
}
const told = (...given: Parameters<typeof findingsOf>) =>
  findingsOf(...given).map(
    ({ severity, counterexample }) => `${severity} ${counterexample?.variables.join(' ')}`,
  );

const level = 'contact.attributes.level';
const branch = (when: object, next: string | null) => ({
  id: 'which',
  type: 'branch',
  branches: [{ when, next }],
});
const set = (value: unknown) => ({ id: 'set', type: 'update_contact', set: { level: value } });
const pause = { id: 'pause', type: 'wait', wait: { for: 'duration', duration: 'P1D' } };
const booked = { type: 'event', event: 'booking.created' };
const learnt = { type: 'event', event: 'enrollment.progressed' };
const nightly = { type: 'schedule', cron: '0 9 * * 1', audience: { field: level, op: 'exists' } };
const withBooking = { field: 'subject.type', op: 'eq', value: 'booking' };

test.each<[string, string, object[], object | undefined, string[]]>([
  ['nobody fills a name that is not known', '{{ first_name }}', [say()], undefined, ['error first_name']],
  ['what the step brings is there', '{{ boat }}', [say({ variables: { boat: 'Ariadne' } })], undefined, []],
  ['a booking brings its dates', '{{ eventDate }} {{ subject.status }}', [say()], booked, []],
  [
    'an enrollment brings its course',
    '{{ subject.course.name }} {{ subject.completed_percent }}',
    [say()],
    learnt,
    [],
  ],
  [
    'but its next lesson only while there is one, and no dates of bookings',
    '{{ subject.next_lesson.name }} {{ subject.starts_at }}',
    [say()],
    learnt,
    ['error subject.starts_at', 'warning subject.next_lesson.name'],
  ],
  ['a login may come without one', '{{ eventDate }}', [say()], undefined, ['warning eventDate']],
  [
    'unless the filter asks for it',
    '{{ eventDate }}',
    [say()],
    { type: 'event', event: 'user.login', filter: withBooking },
    [],
  ],
  [
    'a schedule has none at all',
    '{{ eventDate }} {{ event.type }}',
    [say()],
    nightly,
    ['error event.type eventDate'],
  ],
  ['its audience says what is there', `{{ ${level} }}`, [say()], nightly, []],
  ['a booking may be of no product', '{{ eventName }}', [say()], booked, ['warning eventName']],
  ['an attribute may be missing', `{{ ${level} }}`, [say()], undefined, [`warning ${level}`]],
  ['it is there once it is set', `{{ ${level} }}`, [set(1), pause, say()], undefined, []],
  ['set to nothing it is not', `{{ ${level} }}`, [set(null), say()], undefined, [`warning ${level}`]],
  [
    'a branch may ask for it',
    `{{ ${level} }}`,
    [branch({ field: level, op: 'missing' }, null), say()],
    undefined,
    [],
  ],
  [
    'the other way does not',
    `{{ ${level} }}`,
    [branch({ field: level, op: 'missing' }, 'say'), pause, say()],
    undefined,
    [`warning ${level}`],
  ],
  [
    'the step’s own condition may',
    `{{ ${level} }}`,
    [say({ condition: { field: level, op: 'gt', value: 3 } })],
    undefined,
    [],
  ],
  [
    'a step’s opening is known',
    '{{ steps.say.opened }} {{ steps.other.opened }}',
    [say()],
    undefined,
    ['error steps.other.opened'],
  ],
])('%s', (_, source, steps, trigger, expected) => {
  expect(told(source, steps, trigger)).toEqual(expected);
});

test('the counterexample tells the way, in both languages', () => {
  const [finding] = findingsOf(`{{ ${level} }}`, [
    branch({ field: level, op: 'exists' }, null),
    pause,
    say(),
  ]);
  expect(finding).toMatchObject({
    path: 'steps.2.template',
    counterexample: {
      way: [{ step: 'which', took: 'otherwise' }, { step: 'pause' }, { step: 'say' }],
      messages: [{ step: 'say', at: '2026-06-02T10:00:00.000Z' }],
      sentences: {
        en: expect.stringContaining(
          'which (no branch) → pause → say: say is sent without {{contact.attributes.level}}.',
        ),
        de: expect.stringContaining(
          'which (kein Zweig) → pause → say: say wird ohne {{contact.attributes.level}} verschickt.',
        ),
      },
    },
  });
});

const source = `{{ firstName }}|{{ ${level} }}|{{ eventDate }}|{{ eventName }}|{{ event.payload.amount }}`;
const condition = fc.constantFrom(
  { field: level, op: 'exists' },
  { field: level, op: 'missing' },
  { not: { field: 'contact.first_name', op: 'exists' } },
  { field: 'contact.first_name', op: 'eq', value: 'Ada' },
);
const flow = fc
  .array(
    fc.oneof(
      condition.map((when) => ({ type: 'branch', branches: [{ when, next: null }] })),
      condition.map((when) => ({ type: 'branch', branches: [{ when, next: 'say' }] })),
      fc.constant({ type: 'wait', wait: { for: 'duration', duration: 'P1D' } }),
      fc.option(fc.nat(2)).map((value) => ({ type: 'update_contact', set: { level: value } })),
    ),
    { maxLength: 5 },
  )
  .map((steps) => [...steps.map((step, n) => ({ ...step, id: `s${n}` })), say()]);

test('Feature: flow checks, Property 6: what is reported missing is missing when the counterexample is lived', () => {
  const parsed = parseLiquid(source, 'text');
  if (!('templates' in parsed)) throw new Error('The template is Liquid.');
  let reported = 0;
  fc.assert(
    fc.property(flow, (steps) => {
      const definition = FlowDefinition.parse({
        name: 'Any',
        trigger: { type: 'event', event: 'user.login' },
        steps,
      });
      for (const { counterexample } of findingsOf(source, steps)) {
        reported++;
        if (!counterexample) throw new Error('Without a counterexample nothing is reported.');
        const world = {
          contact: { attributes: {} },
          subject: null,
          product: null,
          event: { payload: {} },
          steps: {},
        };
        const lived = live(definition, lifeOf(counterexample, 'mia', world));
        expect(lived.messages.map(({ step }) => step)).toContain('say');
        const scope = templateVariables(lived.facts, {});
        const printed = renderLiquid(parsed, scope, { locale: 'en', timeZone: 'UTC' }).split('|');
        const names = ['firstName', level, 'eventDate', 'eventName', 'event.payload.amount'];
        for (const name of counterexample.variables) {
          expect(names).toContain(name);
          expect(printed[names.indexOf(name)]).toBe('');
          expect(factAt(scope, name)).toBe(null);
        }
      }
    }),
    { numRuns: 150 },
  );
  expect(reported).toBeGreaterThan(50);
});
