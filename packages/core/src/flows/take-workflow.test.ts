import { expect, test } from 'vitest';
import { issuesOf } from './testing/checked.js';
import { booking, define, follow, planned } from './testing/followed-run.js';
import { knownFor } from './testing/known.js';
import { mail } from './testing/steps.js';

const score = (more: object = {}) => ({
  id: 'score',
  type: 'n8n_workflow',
  connection: 'n8n',
  path: 'webhook/score',
  timeout: 'PT30M',
  ...more,
});
const vip = { when: { field: 'steps.score.answer.vip', op: 'eq', value: true }, next: 'vip' };
const scored = define([
  mail('hello'),
  score({ on_timeout: 'other' }),
  { id: 'decide', type: 'branch', branches: [vip], next: 'other' },
  { ...mail('vip'), next: null },
  mail('other'),
]);
const facts = booking('2026-08-01T08:00:00Z');
const came = (outcome: string, answer: unknown = null) => ({
  ...facts,
  steps: { score: { outcome, answer, error: null, occurrence: 1 } },
});
const sent = (steps: ReturnType<typeof planned>) => steps.map((line) => line.split(' ')[0]);

test('a workflow is called once, and what comes after it is not foreseen', () => {
  const run = follow(scored, facts, '2026-07-01T12:00:00Z');
  expect(run.first.effects).toMatchObject([
    { kind: 'n8n_workflow', stepId: 'score', occurrence: 1, until: new Date('2026-07-01T12:30:00Z') },
  ]);
  expect(run.first.run).toMatchObject({
    wakeAt: new Date('2026-07-01T12:30:00Z'),
    waitingFor: ['workflow.*'],
  });
  expect(sent(planned(run.first))).toEqual(['hello']);
  expect(run.look('2026-07-01T12:10:00Z', { kind: 'wake' }).effects).toEqual([]);
});

test('its answer is a fact for the steps after it, at the moment when the run goes on', () => {
  const run = follow(scored, facts, '2026-07-01T12:00:00Z');
  const on = run.look('2026-07-01T12:05:00Z', { kind: 'wake' }, came('answered', { vip: true }));
  expect(planned(on)).toContain('vip 2026-07-01T12:05:00.000Z send');
  expect(on.decisions).toMatchObject([{ verdict: 'answered' }, { rule: 'branch', verdict: 'vip' }]);
});

test('without an answer the run goes on when its time is over, even if nobody looks until much later', () => {
  const run = follow(scored, facts, '2026-07-01T12:00:00Z');
  expect(planned(run.look('2026-07-01T15:00:00Z', { kind: 'wake' }))).toContain(
    'other 2026-07-01T12:30:00.000Z send',
  );
});

test('an answer that was in time counts, however late the run is looked at', () => {
  const run = follow(scored, facts, '2026-07-01T12:00:00Z');
  const on = run.look('2026-07-01T15:00:00Z', { kind: 'wake' }, came('answered', { vip: true }));
  expect(planned(on)).toContain('vip 2026-07-01T12:30:00.000Z send');
});

test('a failure goes the way of the timeout where it has none of its own', () => {
  const run = follow(scored, facts, '2026-07-01T12:00:00Z');
  expect(sent(planned(run.look('2026-07-01T12:01:00Z', { kind: 'wake' }, came('failed'))))).toContain(
    'other',
  );
});

test('a step that does not wait is passed at once', () => {
  const { first } = follow(define([score({ wait: false }), mail('on')]), facts, '2026-07-01T12:00:00Z');
  expect(first.effects).toMatchObject([{ waits: false }]);
  expect(sent(planned(first))).toEqual(['on']);
});

test('checks name what cannot work', () => {
  const known = knownFor({ workflowConnections: new Set(['n8n']) });
  expect(issuesOf([score()], {}, known)).toEqual([]);
  const odd = score({
    connection: 'mail',
    wait: false,
    timeout: 'PT0S',
    on_timeout: null,
    data: { text: ['{{ open'] },
  });
  expect(issuesOf([odd], {}, known).map((line) => line.split(':')[0])).toEqual([
    'steps.0.connection',
    'steps.0.data.text.0',
    'steps.0.on_timeout',
    'steps.0.timeout',
  ]);
  expect(issuesOf([score({ on_failure: 'nowhere' })])).toEqual([
    expect.stringContaining('steps.0.on_failure: Step "score" leads to "nowhere"'),
  ]);
});

test('a loop that calls without waiting is told', () => {
  expect(issuesOf([score({ wait: false, next: 'score' })]).join()).toContain('comes back to itself');
});

test('a template of a later step may print what a workflow answers, but not for certain', () => {
  const prints = ['steps.score.answer.offer'];
  const templates = new Map([['hello', new Map([['email' as const, { free_text: true, prints }]])]]);
  const known = knownFor({ templates, workflowConnections: new Set(['n8n']) });
  expect(issuesOf([score(), mail('offer')], {}, known)).toEqual([]);
});
