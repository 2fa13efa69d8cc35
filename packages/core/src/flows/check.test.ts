import { expect, test } from 'vitest';
import { capped, issuesOf, template } from './testing/checked.js';
import { mail, pause } from './testing/steps.js';

const anchored = (anchor: string) => ({ timing: { from: 'anchor', anchor, offset: '-P1D' } });

test('a sound flow has no issues', () => {
  const branch = {
    id: 'opened',
    type: 'branch',
    branches: [{ when: { field: 'steps.first.opened', op: 'eq', value: true }, next: null }],
  };
  expect(
    issuesOf([mail('first', anchored('subject.starts_at')), pause('pause'), branch, mail('again')]),
  ).toEqual([]);
});

const broken: [string, unknown[], object, RegExp[]][] = [
  ['a name that two steps have', [mail('a'), mail('a')], {}, [/^steps\.1\.id: Two steps are called "a"/]],
  ['a next that is no step', [mail('a', { next: 'b' })], {}, [/^steps\.0\.next: Step "a" leads to "b"/]],
  [
    'an arm that leads nowhere, though it has no weight yet',
    [
      {
        id: 's',
        type: 'split',
        arms: [
          { name: 'x', weight: 1, next: null },
          { name: 'y', weight: 0, next: 'z' },
        ],
      },
    ],
    {},
    [/^steps\.0\.arms\.1\.next: Step "s" leads to "z"/],
  ],
  [
    'a step that no path leads to',
    [mail('a', { next: null }), mail('b')],
    {},
    [/^steps\.1\.id: No path leads to step "b"/],
  ],
  [
    'a loop in which no time passes',
    [mail('a'), pause('date', { wait: { for: 'anchor', anchor: 'subject.starts_at' }, next: 'a' })],
    { exits: [{ name: 'paid', event: 'order.paid' }] },
    [/^steps\.0\.id: Step "a" comes back to itself without waiting/, /^steps\.1\.id/],
  ],
  [
    'a loop that nothing ends',
    [mail('a'), pause('p', { next: 'a' })],
    {},
    [/^steps\.0\.next: No path from step "a" ends/, /^steps\.1/],
  ],
  [
    'arms without any weight',
    [
      {
        id: 's',
        type: 'split',
        arms: [
          { name: 'x', weight: 0, next: null },
          { name: 'y', weight: 0, next: null },
        ],
      },
    ],
    {},
    [/^steps\.0\.arms: All arms of step "s" have weight 0/],
  ],
  [
    'an anchor where there is no booking',
    [mail('a', anchored('subject.starts_at'))],
    { trigger: { type: 'event', event: 'contact.created' } },
    [
      /^steps\.0\.timing\.anchor: Step "a" counts from subject\.starts_at, but this trigger brings no booking/,
    ],
  ],
  [
    'a date that bookings do not have',
    [mail('a', anchored('subject.birthday'))],
    {},
    [/^steps\.0\.timing\.anchor: .*use subject\.starts_at or subject\.ends_at/],
  ],
  [
    'a date that enrollments do not have',
    [mail('a', anchored('subject.starts_at'))],
    { trigger: { type: 'event', event: 'enrollment.created' } },
    [/^steps\.0\.timing\.anchor: .*an enrollment has no such date: use subject\.last_activity_at/],
  ],
  [
    'a date of a product where there is an enrollment',
    [mail('a', anchored('product.starts_at'))],
    { trigger: { type: 'event', event: 'lesson.available' } },
    [/^steps\.0\.timing\.anchor: .*an enrollment is of no product/],
  ],
  [
    'an anchor that is named but not used',
    [mail('a', { timing: { anchor: 'subject.starts_at', offset: 'P1D' } })],
    {},
    [/^steps\.0\.timing\.from: Step "a" names an anchor/],
  ],
  [
    'a message before the start',
    [mail('a', { timing: { offset: '-P1D' } })],
    {},
    [/^steps\.0\.timing\.offset: Step "a" lies before the run starts/],
  ],
  [
    'a wait of no time',
    [pause('p', { wait: { for: 'duration', duration: 'PT0S' } })],
    {},
    [/^steps\.0\.wait\.duration/],
  ],
  [
    'a question about a step that is no message',
    [mail('a', { condition: { not: { field: 'steps.b.opened', op: 'exists' } } })],
    {},
    [/^steps\.0\.condition: Step "a" asks what became of "b"/],
  ],
  [
    'a channel without a template',
    [mail('a', { template: { email: 'hello' }, channels: ['sms', 'email'] })],
    {},
    [/^steps\.0\.template: Step "a" has no template for sms/],
  ],
  [
    'a schedule that is no cron expression',
    [mail('a')],
    { trigger: { type: 'schedule', cron: 'every monday', audience: { all: [] } } },
    [/^trigger\.cron/],
  ],
];

test.each(broken)('%s is refused by name', (_, steps, more, expected) => {
  const issues = issuesOf(steps, more);
  expect(issues).toHaveLength(expected.length);
  for (const [n, pattern] of expected.entries()) expect(issues[n]).toMatch(pattern);
});

test('templates and flows are looked up where a list of them is given', () => {
  const known = capped({
    templates: new Map([['hello', new Map([['email' as const, template(false)]])]]),
    flows: new Set(['mine']),
  });
  const steps = [mail('a', { template: 'bye' }), { id: 'b', type: 'stop_flow', flow: 'other' }];
  expect(issuesOf(steps, {}, known)).toEqual([
    expect.stringMatching(
      /^steps\.0\.template: Step "a" uses the template "bye", which does not exist for email/,
    ),
    expect.stringMatching(/^steps\.1\.flow: Step "b" names the flow "other"/),
  ]);
  expect(
    issuesOf([{ id: 'b', type: 'start_flow', flow: 'mine' }], { reentry: 'always' }, known),
  ).toHaveLength(1);
});

test('no name in a definition reaches what all objects inherit', () => {
  const steps = [mail('a', anchored('subject.attributes.__proto__.polluted'))];
  issuesOf(steps, {}, capped({ caps: [{ messages: 1, per: 'P1D' }] }));
  expect({}).not.toHaveProperty('polluted');
});

test('a definition whose conditions can be met in very many ways is checked, though not all of them are tried', () => {
  const branch = (n: number, of: number) => ({
    field: `contact.attributes.a${n}_${of}`,
    op: 'in',
    value: Array.from({ length: 100 }, (_, value) => value),
  });
  const steps = Array.from({ length: 40 }, (_, n) => ({
    id: `s${n}`,
    type: 'branch',
    branches: Array.from({ length: 5 }, (_, of) => ({
      when: { any: Array.from({ length: 5 }, (_, part) => branch(n, of * 5 + part)) },
      next: n < 39 ? `s${n + 1}` : null,
    })),
    ...(n === 39 && { next: null }),
  }));
  expect(issuesOf(steps)).toEqual([]);
});
