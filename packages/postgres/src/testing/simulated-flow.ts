import { FlowDefinition } from '@halyard/contracts/flows/definition';
import fc from 'fast-check';

const hours = fc.integer({ min: 1, max: 40 }).map((n) => `PT${n}H`);
const clock = fc.constantFrom('07:30', '09:10', '13:00', '21:45');

const timing = fc.oneof(
  fc.constant({}),
  fc.record({ from: fc.constant('previous'), offset: hours }),
  fc.record({ from: fc.constant('start'), offset: fc.constantFrom('P1D', 'P2D'), at: clock }),
  fc.record({
    from: fc.constant('anchor'),
    anchor: fc.constantFrom('subject.starts_at', 'subject.ends_at'),
    offset: fc.integer({ min: -30, max: 10 }).map((n) => `${n < 0 ? '-' : ''}PT${Math.abs(n)}H`),
    if_past: fc.constantFrom('skip', 'send_now'),
  }),
);
const holds = fc.constantFrom(
  { field: 'contact.attributes.level', op: 'exists' },
  { field: 'subject.status', op: 'eq', value: 'checked_in' },
  { field: 'steps.s0.sent', op: 'eq', value: true },
);
const unless = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: holds.map((condition) => ({ condition })) },
);
const saying = fc.record({
  type: fc.constant('message'),
  template: fc.constant('any'),
  channels: fc.constantFrom(['email'], ['sms', 'email'], ['sms']),
  class: fc.constantFrom('marketing', 'marketing', 'service', 'transactional'),
  timing: fc.tuple(timing, fc.constantFrom({}, { expires_after: 'PT9H' })).map(([a, b]) => ({ ...a, ...b })),
});
const message = fc.tuple(saying, unless).map(([said, condition]) => ({ ...said, ...condition }));
const wait = fc.oneof(
  hours.map((duration) => ({ for: 'duration', duration })),
  clock.map((at) => ({ for: 'time', at })),
  fc.constant({ for: 'event', event: 'user.login', timeout: 'PT30H' }),
  fc.constant({ for: 'anchor', anchor: 'subject.starts_at', offset: '-PT5H' }),
);
/** How many steps further a branch leads: never back, so that a run ends. */
const further = fc.integer({ min: 1, max: 3 });

const step = fc.oneof(
  { weight: 6, arbitrary: message.map((given) => ({ given, to: [] as number[] })) },
  { weight: 2, arbitrary: wait.map((one) => ({ given: { type: 'wait', wait: one }, to: [] as number[] })) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(holds, further)
      .map(([when, far]) => ({ given: { type: 'branch', when }, to: [far] })),
  },
  { weight: 1, arbitrary: fc.tuple(further, further).map((to) => ({ given: { type: 'split' }, to })) },
  { weight: 1, arbitrary: fc.constant({ given: { type: 'exit' }, to: [] as number[] }) },
  {
    weight: 1,
    arbitrary: fc.constant({ given: { type: 'update_contact', set: { level: 1 } }, to: [] as number[] }),
  },
);

/** Flows about a booking with every kind of step that a simulation must foresee, which always come to an end. */
export const simulatedFlow = fc.array(step, { minLength: 5, maxLength: 8 }).map((steps) =>
  FlowDefinition.parse({
    name: 'Any',
    trigger: { type: 'event', event: 'booking.created' },
    goal: { name: 'bought', event: 'order.paid' },
    exits: [{ name: 'arrived', condition: { field: 'subject.status', op: 'eq', value: 'checked_in' } }].slice(
      steps.length % 2,
    ),
    steps: steps.map(({ given, to }, n) => {
      const targets = to.map((far) => (n + far < steps.length ? `s${n + far}` : null));
      return { id: `s${n}`, ...withTargets(given, targets) };
    }),
  }),
);

function withTargets(given: { type: string; when?: unknown }, targets: (string | null)[]): object {
  if (given.type === 'split')
    return { type: 'split', arms: targets.map((next, n) => ({ name: `arm ${n}`, weight: 1, next })) };
  if (given.type === 'branch') return { type: 'branch', branches: [{ when: given.when, next: targets[0] }] };
  return given;
}
