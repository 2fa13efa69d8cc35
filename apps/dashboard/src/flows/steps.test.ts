import type { Step } from '@halyard/contracts/flows/definition';
import { FlowDefinition } from '@halyard/contracts/flows/definition';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { removeStep } from './remove-step';
import { duplicateStep, freeId, moveStep } from './steps';

const message = (id: string, next?: string | null): Step => ({
  id,
  type: 'message',
  template: 't',
  channels: ['email'],
  class: 'marketing',
  topic: '*',
  ...(next !== undefined && { next }),
});
const flow = (...steps: Step[]) =>
  FlowDefinition.parse({ name: 'A flow', trigger: { type: 'manual' }, steps });

describe('editing steps', () => {
  test('what led to a step that is removed leads to what came after it', () => {
    const definition = flow(
      { id: 'if', type: 'branch', branches: [{ when: { all: [] }, next: 'b' }], next: 'c' },
      message('a', 'b'),
      message('b'),
      message('c'),
    );
    const [branch, a] = removeStep(definition, 'b').steps;
    expect(branch).toMatchObject({ branches: [{ next: 'c' }] });
    expect(a).toMatchObject({ next: 'c' });
    const ends = removeStep(flow(message('a', 'b'), message('b')), 'b');
    expect(ends.steps).toMatchObject([{ id: 'a', next: null }]);
  });

  test('what follows the first step becomes the first when that is taken out', () => {
    const definition = flow(message('a', 'c'), message('b'), message('c'));
    expect(removeStep(definition, 'a').steps).toMatchObject([
      { id: 'c', next: null },
      { id: 'b', next: 'c' },
    ]);
  });

  test('the only step stays', () => {
    const definition = flow(message('a'));
    expect(removeStep(definition, 'a')).toBe(definition);
  });

  test('a copy stands below with an id of its own', () => {
    const definition = duplicateStep(flow(message('day-3'), message('day-4')), 'day-3');
    expect(definition.steps.map(({ id }) => id)).toEqual(['day-3', 'day-2', 'day-4']);
    expect(freeId(definition, 'day-3')).toBe('day-5');
  });

  test('a step moves to any place and stays itself', () => {
    const definition = flow(message('a'), message('b'), message('c'));
    expect(moveStep(definition, 'a', 2).steps.map(({ id }) => id)).toEqual(['b', 'c', 'a']);
    expect(moveStep(definition, 'c', 0).steps.map(({ id }) => id)).toEqual(['c', 'a', 'b']);
    expect(moveStep(definition, 'a', -1)).toBe(definition);
  });

  test('Feature: sequence form, Property 1: edits leave no step that leads to one which is not there', () => {
    const edit = fc.tuple(fc.constantFrom('remove', 'move', 'duplicate'), fc.nat(9), fc.nat(9));
    const places = fc.array(fc.option(fc.nat(4), { nil: undefined }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(places, fc.array(edit, { maxLength: 12 }), (leads, edits) => {
        const steps = leads.map((to, at) => message(`s${at}`, to === undefined ? undefined : `s${to}`));
        const end = edits.reduce(
          (definition, [act, n, to]) => {
            const id = definition.steps[n % definition.steps.length]?.id ?? '';
            if (act === 'remove') return removeStep(definition, id);
            return act === 'move' ? moveStep(definition, id, to) : duplicateStep(definition, id);
          },
          flow(...steps),
        );
        const ids = end.steps.map((step) => step.id);
        expect(new Set(ids).size).toBe(ids.length);
        for (const { next } of end.steps) if (next) expect(ids).toContain(next);
      }),
      { numRuns: 200 },
    );
  });
});
