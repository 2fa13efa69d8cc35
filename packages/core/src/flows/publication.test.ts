import { FlowDefinition } from '@halyard/contracts/flows/definition';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FlowVersionId } from '../ids.js';
import { diffDefinitions } from './diff.js';
import { toKey } from './flow-key.js';
import type { FlowState } from './publication.js';
import { apportion, publish, refuseErrors, turn, weigh } from './publication.js';

const define = (...ids: string[]): FlowDefinition =>
  FlowDefinition.parse({
    name: 'Any',
    trigger: { type: 'api' },
    steps: ids.map((id) => ({ id, type: 'webhook', event: id })),
  });
const definition = define('a', 'b', 'c');

const state = (weights: number[], more: Partial<FlowState> = {}): FlowState => ({
  key: 'any',
  status: weights.length ? 'live' : 'draft',
  draft: definition,
  versions: weights.map((weight, n) => ({
    id: `v${n + 1}` as FlowVersionId,
    number: n + 1,
    weight,
    definition,
  })),
  timeZone: 'UTC',
  ...more,
});
const shares = ({ versions }: { versions: { weight: number }[] }) => versions.map(({ weight }) => weight);
const next = 'next' as FlowVersionId;

test('the first version takes everyone, a trial takes its share from those that were live', () => {
  expect(publish(state([]), definition, next, 100)).toMatchObject({
    status: 'live',
    draft: null,
    versions: [{ weight: 100 }],
  });
  expect(shares(publish(state([0, 60, 40]), definition, next, 10))).toEqual([0, 54, 36, 10]);
  expect(shares(publish(state([100]), definition, next, 100))).toEqual([0, 100]);
});

test('what is published is what was checked: a draft that changed meanwhile, or was published, is refused', () => {
  expect(() => publish(state([100], { draft: null }), definition, next, 100)).toThrow(/while it was checked/);
  expect(() => publish(state([100], { draft: define('a') }), definition, next, 100)).toThrow(
    /while it was checked/,
  );
});

test('errors keep a draft from being published, warnings do not', () => {
  const finding = { rule: 'caps', path: 'steps.0', message: 'Too many.', counterexample: null } as const;
  const warnings = [{ ...finding, severity: 'warning' as const }];
  expect(refuseErrors(warnings)).toEqual(warnings);
  expect(() => refuseErrors([...warnings, { ...finding, severity: 'error' }])).toThrow('Too many.');
});

test('a share that nobody takes the rest of is refused', () => {
  expect(() => publish(state([]), definition, next, 10)).toThrow(/publish with weight 100/);
});

test('publishing leaves a paused flow paused', () => {
  expect(publish(state([100], { status: 'paused' }), definition, next, 100).status).toBe('paused');
});

test('a rollback gives everyone to a version that exists', () => {
  expect(shares(weigh(state([0, 70, 30]), [{ version: 1, weight: 100 }]))).toEqual([100, 0, 0]);
  expect(() => weigh(state([100]), [{ version: 7, weight: 100 }])).toThrow(/no version 7/);
});

test('only what was published can be paused and resumed', () => {
  expect(turn(state([100]), 'paused').status).toBe('paused');
  expect(() => turn(state([]), 'live')).toThrow(/never published/);
  expect(() => turn(state([100], { status: 'archived' }), 'paused')).toThrow(/archived/);
  expect(turn(state([100], { status: 'archived' }), 'live').status).toBe('live');
  expect(turn(state([], { status: 'archived' }), 'live').status).toBe('draft');
});

test('Feature: flow versions, Property 4: shares in proportion are whole and add up', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 100 })),
      fc.integer({ min: 0, max: 100 }),
      (weights, total) => {
        const given = apportion(weights, total);
        const sum = weights.reduce((a, b) => a + b, 0);
        expect(given.reduce((a, b) => a + b, 0)).toBe(sum ? total : 0);
        for (const [n, share] of given.entries())
          expect(Math.abs(share - (sum ? ((weights[n] ?? 0) * total) / sum : 0))).toBeLessThan(1);
      },
    ),
  );
});

test('a difference names steps by their ids, and a step that moved is not a new one', () => {
  const changed = define('b', 'a', 'd');
  const [b] = changed.steps;
  if (b?.type === 'webhook') b.data = { level: 1 };
  expect(diffDefinitions(definition, { ...changed, name: 'Other' })).toEqual([
    { change: 'changed', path: 'name', before: 'Any', after: 'Other' },
    { change: 'removed', path: 'steps.c', before: definition.steps[2] },
    { change: 'added', path: 'steps.b.data', after: { level: 1 } },
    { change: 'moved', path: 'steps.a' },
    { change: 'added', path: 'steps.d', after: changed.steps[2] },
  ]);
  expect(diffDefinitions(definition, definition)).toEqual([]);
});

test('keys are made of what names are made of', () => {
  expect(['Grüße, Jürgen!', '  ', 'Café №5'].map(toKey)).toEqual(['gruesse-juergen', 'flow', 'cafe-no5']);
});
