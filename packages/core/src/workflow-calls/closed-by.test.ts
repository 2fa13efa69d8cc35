import { FlowDefinition } from '@halyard/contracts/flows/definition';
import { expect, test } from 'vitest';
import type { OrgRun } from '../decide/decide-store.js';
import type { Run } from '../flows/run.js';
import { startRun } from '../flows/run.js';
import { stopRun } from '../flows/run-end.js';
import type { ContactId, FlowId, FlowVersionId, OrgId, RunId } from '../ids.js';
import { closedBy } from './closed-by.js';

const score = { id: 'score', type: 'n8n_workflow', connection: 'n8n', path: 'webhook/score' };
const flow = (...steps: unknown[]) => FlowDefinition.parse({ name: 'Any', trigger: { type: 'api' }, steps });
const scored = flow(score, { id: 'end', type: 'exit' });
const ids = {
  id: 'run' as RunId,
  flowId: 'flow' as FlowId,
  versionId: 'version' as FlowVersionId,
  contactId: 'contact' as ContactId,
  subject: null,
  triggerEventId: null,
};
const begun: OrgRun = {
  ...startRun(ids, scored, new Date('2026-05-01T08:00:00Z')),
  orgId: 'org' as OrgId,
  flowKey: 'scored',
};
const at = (position: Partial<Run['position']>, more: Partial<Run> = {}): OrgRun => ({
  ...begun,
  ...more,
  position: { ...begun.position, ...position },
});
const waiting = at({ waiting: { event: 'workflow.*', until: '2026-05-01T09:00:00.000Z' } });
const whole = { orgId: 'org', runId: 'run', visit: null, status: 'cancelled' };

test('a run that goes past its call leaves it, one that still waits does not', () => {
  expect(closedBy(waiting, waiting, scored)).toEqual([]);
  expect(closedBy(waiting, at({ step: 'end', visits: { score: 1 } }), scored)).toEqual([
    { orgId: 'org', runId: 'run', visit: { stepId: 'score', occurrence: 1 }, status: 'timed_out' },
  ]);
});

test('a run that is stopped takes its calls with it, though it began in the same step', () => {
  const stopped = { ...begun, ...stopRun(begun, 'by hand') };
  expect(closedBy(waiting, stopped, scored)).toEqual([whole]);
  expect(closedBy(null, stopped, scored)).toEqual([whole]);
});

test('what a run that came to its end still has to tell is told', () => {
  for (const end of [
    { status: 'completed', endReason: null },
    { status: 'exited', endReason: 'step: end' },
  ] as const)
    expect(closedBy(begun, at({ step: null, visits: { score: 1 } }, end), scored)).toEqual([]);
  const goal = at({}, { status: 'completed', endReason: 'goal: bought' });
  expect(closedBy(begun, goal, scored)).toEqual([whole]);
});

test('a flow that calls nothing costs nothing', () => {
  const plain = flow({ id: 'end', type: 'exit' });
  expect(closedBy(begun, { ...begun, ...stopRun(begun, 'by hand') }, plain)).toEqual([]);
});
