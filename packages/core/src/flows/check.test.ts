import { FlowDefinition } from '@halyard/contracts/flows/definition';
import { OrganizationPolicy } from '@halyard/contracts/organizations/policy';
import { expect, test } from 'vitest';
import { checkDefinition, errorsAmong } from './check.js';
import type { Known } from './known.js';
import { knownFor } from './testing/known.js';

const mail = (id: string, more: object = {}) => ({
  id,
  type: 'message',
  template: 'hello',
  channels: ['email'],
  ...more,
});
const pause = (id: string, more: object = {}) => ({
  id,
  type: 'wait',
  wait: { for: 'duration', duration: 'P1D' },
  ...more,
});
const anchored = (anchor: string) => ({ timing: { from: 'anchor', anchor, offset: '-P1D' } });
const booked = { type: 'event', event: 'booking.created' };

const findingsOf = (steps: unknown[], more: object = {}, known: Known | null = null) =>
  checkDefinition(FlowDefinition.parse({ name: 'Any', trigger: booked, steps, ...more }), known);
const issuesOf = (...given: Parameters<typeof findingsOf>) =>
  errorsAmong(findingsOf(...given)).map(({ path, message }) => `${path}: ${message}`);

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

const template = (free_text: boolean) => ({ free_text, prints: [] });
const limits = ({ caps = [], ...more }: Partial<Known> & { caps?: Known['policy']['caps'] }): Known =>
  knownFor({
    templates: new Map([
      [
        'hello',
        new Map([
          ['email' as const, template(false)],
          ['whatsapp' as const, template(true)],
        ]),
      ],
    ]),
    policy: OrganizationPolicy.parse({ caps }),
    ...more,
  });

test('templates and flows are looked up where a list of them is given', () => {
  const known = limits({
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

test('a path that brings more marketing than the organization allows is refused where it goes too far', () => {
  const steps = [
    mail('a'),
    mail('b', { timing: { offset: 'PT8H' } }),
    mail('c', { timing: { offset: 'PT15H' } }),
  ];
  const cap = (messages: number, per = 'P1D') => limits({ caps: [{ messages, per }] });
  expect(issuesOf(steps, {}, cap(3))).toEqual([]);
  expect(issuesOf(steps, {}, cap(2))).toEqual([
    expect.stringMatching(/^steps\.2: Step "c" is one marketing message too many: .* allows 2 within P1D/),
  ]);
  expect(issuesOf(steps, {}, cap(1, 'PT10H'))).toEqual([expect.stringMatching(/^steps\.1: Step "b"/)]);
  const service = steps.map((step) => ({ ...step, class: 'service' }));
  expect(issuesOf(service, {}, cap(1))).toEqual([]);
});

test('only messages that can meet count together: those of one path, not of two branches', () => {
  const branch = {
    id: 'which',
    type: 'branch',
    branches: [{ when: { field: 'contact.attributes.vip', op: 'exists' }, next: 'b' }],
  };
  const known = limits({ caps: [{ messages: 1, per: 'P1D' }] });
  expect(issuesOf([branch, mail('a', { next: null }), mail('b')], {}, known)).toEqual([]);
  expect(issuesOf([branch, mail('a'), mail('b')], {}, known)).toEqual([
    expect.stringMatching(/^steps\.2: Step "b"/),
  ]);
  const anchored = mail('a', { timing: { from: 'anchor', anchor: 'subject.starts_at' } });
  expect(
    findingsOf([anchored, mail('b', { timing: { from: 'start' } })], {}, known).map((one) => one.severity),
  ).toEqual(['warning']);
});

test('no name in a definition reaches what all objects inherit', () => {
  const steps = [mail('a', anchored('subject.attributes.__proto__.polluted'))];
  issuesOf(steps, {}, limits({ caps: [{ messages: 1, per: 'P1D' }] }));
  expect({}).not.toHaveProperty('polluted');
});

test('a definition of very many paths is checked, though not all of them are followed', () => {
  const either = (n: number) => ({
    id: `b${n}`,
    type: 'branch',
    branches: [{ when: { field: 'contact.attributes.vip', op: 'exists' }, next: `m${n + 1}` }],
  });
  const daily = { timing: { offset: 'P1D', at: '09:00', weekdays: ['mon'] } };
  const steps = Array.from({ length: 99 }, (_, n) => [mail(`m${n}`, daily), either(n)]).flat();
  const caps = limits({ caps: [{ messages: 1, per: 'P1D' }] });
  expect(issuesOf([...steps, mail('m99')], {}, caps)).toEqual([expect.stringContaining('Step "m99"')]);
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

test('a way that hardly anybody goes is looked at, though somebody may not be found', () => {
  const either = (n: number) => ({
    id: `b${n}`,
    type: 'split',
    arms: [
      { name: 'nobody', weight: 1, next: `m${n}` },
      { name: 'the rest', weight: 1_000, next: `o${n}` },
    ],
  });
  const steps = Array.from({ length: 60 }, (_, n) => [
    either(n),
    mail(`m${n}`, { timing: { offset: 'PT1H', at: '03:00' } }),
    mail(`o${n}`, { timing: { offset: 'PT1H', at: '03:00' } }),
  ]).flat();
  const caps = limits({ caps: [{ messages: 1, per: 'P1D' }] });
  for (const issue of issuesOf(steps, {}, caps)) expect(issue).toMatch(/marketing message too many/);
});

test('free text on WhatsApp is refused unless the person has just written, or another channel can take over', () => {
  const free = (more: object = {}) => mail('a', { channels: ['whatsapp'], ...more });
  expect(issuesOf([free()], {}, limits({}))).toEqual([
    expect.stringMatching(/^steps\.0: Step "a" is free text on whatsapp, .* within 24 hours/),
  ]);
  expect(issuesOf([free({ channels: ['whatsapp', 'email'] })], {}, limits({}))).toEqual([]);
  const approved = new Map([['hello', new Map([['whatsapp' as const, template(false)]])]]);
  expect(issuesOf([free()], {}, limits({ templates: approved }))).toEqual([]);
  const replied = { trigger: { type: 'event', event: 'message.replied' } };
  expect(issuesOf([free({ timing: { offset: 'PT23H' } })], replied, limits({}))).toEqual([]);
  expect(issuesOf([free({ timing: { offset: 'PT24H' } })], replied, limits({}))).toHaveLength(1);
  const answer = {
    id: 'w',
    type: 'wait',
    wait: { for: 'event', event: 'message.replied', timeout: 'P7D', on_timeout: null },
  };
  expect(issuesOf([answer, free()], {}, limits({}))).toEqual([]);
});
