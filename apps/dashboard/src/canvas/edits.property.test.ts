import { FlowDefinition } from '@halyard/contracts/flows/definition';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newStep, stepTypes } from '../flows/new-step';
import { removeStep } from '../flows/remove-step';
import { connect, insertOnWay, moveOntoWay } from './edits';
import { reachable, wayKey, waysOf } from './graph';

const start = FlowDefinition.parse({
  name: 'Drawn',
  trigger: { type: 'manual' },
  steps: [{ id: 'first', type: 'message', template: 'first', channels: ['email'] }],
});

type Edit = { kind: 'insert' | 'move' | 'remove' | 'connect'; step: number; way: number; type: number };

const edits = fc.array(
  fc.record({
    kind: fc.constantFrom('insert', 'insert', 'move', 'remove', 'connect'),
    step: fc.nat(),
    way: fc.nat(),
    type: fc.nat(),
  }) as fc.Arbitrary<Edit>,
  { maxLength: 25 },
);

function apply(definition: FlowDefinition, { kind, step, way, type }: Edit): FlowDefinition {
  const ways = waysOf(definition);
  const chosen = ways[way % ways.length];
  const id = definition.steps[step % definition.steps.length]?.id;
  if (!chosen || !id) return definition;
  switch (kind) {
    case 'insert':
      return insertOnWay(
        definition,
        chosen,
        newStep(stepTypes[type % stepTypes.length] ?? 'wait', definition, undefined),
      );
    case 'move':
      return moveOntoWay(definition, id, chosen);
    case 'remove':
      return removeStep(definition, id);
    case 'connect':
      return connect(definition, chosen, id);
  }
}

const drawn = edits.map((all) => all.reduce(apply, start));

test('Feature: flow canvas, Property 1: whatever is drawn parses, and every way leads to a step that is there', () => {
  fc.assert(
    fc.property(drawn, (definition) => {
      expect(FlowDefinition.safeParse(definition).error).toBeUndefined();
      const ids = definition.steps.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const { to } of waysOf(definition)) expect(to === null || ids.includes(to)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('Feature: flow canvas, Property 2: a step that is inserted leaves every other way as it was', () => {
  fc.assert(
    fc.property(drawn, fc.nat(), fc.constantFrom(...stepTypes), (definition, n, type) => {
      const before = waysOf(definition);
      const way = before[n % before.length];
      if (!way) return;
      const step = newStep(type, definition, undefined);
      const after = new Map(waysOf(insertOnWay(definition, way, step)).map((one) => [wayKey(one), one.to]));
      for (const one of before)
        expect(after.get(wayKey(one))).toBe(wayKey(one) === wayKey(way) ? step.id : one.to);
      const onward = [...after].filter(([key]) => key.startsWith(`${step.id}:`));
      if (type !== 'exit') expect(onward.map(([, to]) => to)).toEqual(onward.map(() => way.to));
    }),
    { numRuns: 300 },
  );
});

test('Feature: flow canvas, Property 3: an inserted step that is removed again leaves the ways of before', () => {
  fc.assert(
    fc.property(drawn, fc.nat(), fc.constantFrom('message', 'wait', 'webhook'), (definition, n, type) => {
      const ways = waysOf(definition);
      const way = ways[n % ways.length];
      if (!way) return;
      const step = newStep(type as 'wait', definition, undefined);
      const back = removeStep(insertOnWay(definition, way, step), step.id);
      expect(waysOf(back)).toEqual(ways);
    }),
    { numRuns: 300 },
  );
});

test('Feature: flow canvas, Property 4: moving a step that has one way out loses no step that could be reached', () => {
  fc.assert(
    fc.property(drawn, fc.nat(), fc.nat(), (definition, n, at) => {
      const simple = definition.steps.filter(({ type }) => type === 'message' || type === 'webhook');
      const ways = waysOf(definition);
      const [step, way] = [simple[at % (simple.length || 1)], ways[n % ways.length]];
      if (!step || !way) return;
      const reached = reachable(definition);
      if (!reached.has(step.id) || (way.from !== null && !reached.has(way.from))) return;
      const after = reachable(moveOntoWay(definition, step.id, way));
      expect([...reached].filter((id) => !after.has(id))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('Feature: flow canvas, Property 5: what led to a step that is removed leads to what followed it, the trigger too', () => {
  fc.assert(
    fc.property(drawn, fc.nat(), (definition, n) => {
      const gone = definition.steps[n % definition.steps.length];
      if (!gone || gone.type === 'branch' || gone.type === 'split' || definition.steps.length === 1) return;
      const before = waysOf(definition);
      const heir = before.find(({ from, port }) => from === gone.id && port.is === 'next')?.to ?? null;
      if (heir === null || heir === gone.id) return;
      const after = new Map(waysOf(removeStep(definition, gone.id)).map((one) => [wayKey(one), one.to]));
      for (const one of before)
        if (one.from !== gone.id) expect(after.get(wayKey(one))).toBe(one.to === gone.id ? heir : one.to);
    }),
    { numRuns: 300 },
  );
});
