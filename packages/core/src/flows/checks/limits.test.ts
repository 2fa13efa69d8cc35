import { expect, test } from 'vitest';
import { capped, findingsOf, issuesOf, template } from '../testing/checked.js';
import { mail } from '../testing/steps.js';

/** What a path may send by what its organization allows: caps, and the window of a channel. */

test('a path that brings more marketing than the organization allows is refused where it goes too far', () => {
  const steps = [
    mail('a'),
    mail('b', { timing: { offset: 'PT8H' } }),
    mail('c', { timing: { offset: 'PT15H' } }),
  ];
  const cap = (messages: number, per = 'P1D') => capped({ caps: [{ messages, per }] });
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
  const known = capped({ caps: [{ messages: 1, per: 'P1D' }] });
  expect(issuesOf([branch, mail('a', { next: null }), mail('b')], {}, known)).toEqual([]);
  expect(issuesOf([branch, mail('a'), mail('b')], {}, known)).toEqual([
    expect.stringMatching(/^steps\.2: Step "b"/),
  ]);
  const anchored = mail('a', { timing: { from: 'anchor', anchor: 'subject.starts_at' } });
  expect(
    findingsOf([anchored, mail('b', { timing: { from: 'start' } })], {}, known).map((one) => one.severity),
  ).toEqual(['warning']);
});

test('a definition of very many paths is checked, though not all of them are followed', () => {
  const either = (n: number) => ({
    id: `b${n}`,
    type: 'branch',
    branches: [{ when: { field: 'contact.attributes.vip', op: 'exists' }, next: `m${n + 1}` }],
  });
  const daily = { timing: { offset: 'P1D', at: '09:00', weekdays: ['mon'] } };
  const steps = Array.from({ length: 99 }, (_, n) => [mail(`m${n}`, daily), either(n)]).flat();
  const caps = capped({ caps: [{ messages: 1, per: 'P1D' }] });
  expect(issuesOf([...steps, mail('m99')], {}, caps)).toEqual([expect.stringContaining('Step "m99"')]);
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
  const caps = capped({ caps: [{ messages: 1, per: 'P1D' }] });
  for (const issue of issuesOf(steps, {}, caps)) expect(issue).toMatch(/marketing message too many/);
});

test('free text on WhatsApp is refused unless the person has just written, or another channel can take over', () => {
  const free = (more: object = {}) => mail('a', { channels: ['whatsapp'], ...more });
  expect(issuesOf([free()], {}, capped({}))).toEqual([
    expect.stringMatching(/^steps\.0: Step "a" is free text on whatsapp, .* within 24 hours/),
  ]);
  expect(issuesOf([free({ channels: ['whatsapp', 'email'] })], {}, capped({}))).toEqual([]);
  const approved = new Map([['hello', new Map([['whatsapp' as const, template(false)]])]]);
  expect(issuesOf([free()], {}, capped({ templates: approved }))).toEqual([]);
  const replied = { trigger: { type: 'event', event: 'message.replied' } };
  expect(issuesOf([free({ timing: { offset: 'PT23H' } })], replied, capped({}))).toEqual([]);
  expect(issuesOf([free({ timing: { offset: 'PT24H' } })], replied, capped({}))).toHaveLength(1);
  const answer = {
    id: 'w',
    type: 'wait',
    wait: { for: 'event', event: 'message.replied', timeout: 'P7D', on_timeout: null },
  };
  expect(issuesOf([answer, free()], {}, capped({}))).toEqual([]);
});
