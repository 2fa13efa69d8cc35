import { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { WorkflowAnswer } from '@halyard/contracts/flows/workflow-calls';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OrgRun } from '../decide/decide-store.js';
import { advance } from '../flows/advance.js';
import type { Cause, Facts, RunDecision } from '../flows/run.js';
import { startRun } from '../flows/run.js';
import { stopRun } from '../flows/run-end.js';
import { callAnswered } from '../flows/workflow-facts.js';
import type { ContactId, EventId, FlowId, FlowVersionId, OrgId, RunId } from '../ids.js';
import { closedBy } from './closed-by.js';
import type { CallState, JudgedAnswer } from './judge-answer.js';
import { judgeAnswer } from './judge-answer.js';
import type { CallsClosed } from './workflow-call.js';

const minute = 60_000;
const start = new Date('2026-05-01T08:00:00Z');
const definition = FlowDefinition.parse({
  name: 'Scored',
  trigger: { type: 'api' },
  steps: [
    {
      id: 'score',
      type: 'n8n_workflow',
      connection: 'n8n',
      path: 'webhook/score',
      timeout: 'PT1H',
      on_timeout: 'late',
      on_failure: 'failed',
    },
    { id: 'answered', type: 'exit' },
    { id: 'late', type: 'exit' },
    { id: 'failed', type: 'exit' },
  ],
});

type Act = {
  kind: 'answer' | 'error' | 'lost' | 'told' | 'wake' | 'stop' | 'pass';
  minutes: number;
  dies: boolean;
};
const acts = fc.array(
  fc.record({
    kind: fc.constantFrom('answer', 'error', 'lost', 'told', 'wake', 'stop', 'pass', 'pass') as fc.Arbitrary<
      Act['kind']
    >,
    minutes: fc.integer({ min: 0, max: 25 }),
    dies: fc.boolean(),
  }),
  { maxLength: 14 },
);

/** The database's side in memory: a run, its call, and what was promised to whoever answered. */
class World {
  now = start;
  run: OrgRun;
  call: Omit<CallState, 'runStands'> | null = null;
  readonly decided: RunDecision[] = [];
  readonly judged: JudgedAnswer[] = [];
  calls = 0;

  constructor() {
    const given = {
      id: 'run' as RunId,
      flowId: 'flow' as FlowId,
      versionId: 'version' as FlowVersionId,
      contactId: 'contact' as ContactId,
      subject: null,
      triggerEventId: null,
    };
    this.run = { ...startRun(given, definition, start), orgId: 'org' as OrgId, flowKey: 'scored' };
  }

  act({ kind, minutes, dies }: Act): void {
    this.now = new Date(this.now.getTime() + minutes * minute);
    switch (kind) {
      case 'answer':
        this.#answer({ answer: { vip: true } });
        return;
      case 'error':
        this.#answer({ error: 'no' });
        return;
      case 'lost':
        if (this.call?.status === 'pending') this.call = { ...this.call, status: 'failed' };
        return;
      case 'told':
        this.look({ kind: 'event', event: this.#event() }, dies);
        return;
      case 'wake':
        if (this.run.wakeAt && this.run.wakeAt <= this.now) this.look({ kind: 'wake' }, dies);
        return;
      case 'stop':
        if (this.run.status === 'active') this.#write({ ...this.run, ...stopRun(this.run, 'by hand') });
        return;
      case 'pass':
    }
  }

  /** One transaction of deciding; one that `dies` leaves nothing behind. */
  look(cause: Cause, dies = false): void {
    if (this.run.status !== 'active') return;
    const { run, now } = this;
    const advanced = advance({ definition, run, facts: this.#facts(), cause, now });
    if (dies) return;
    this.decided.push(...advanced.decisions);
    this.#write({ ...run, ...advanced.run });
    for (const effect of advanced.effects)
      if (effect.kind === 'n8n_workflow') {
        this.calls++;
        this.call = { status: 'pending', waits: true, until: effect.until, answeredAt: null };
      }
  }

  #write(run: OrgRun): void {
    for (const { status } of closedBy(this.run, run, definition) satisfies CallsClosed[])
      if (this.call?.status === 'pending') this.call = { ...this.call, status };
    this.run = run;
  }

  #answer(said: WorkflowAnswer): void {
    if (!this.call) return;
    const runStands = this.run.status === 'active' && this.run.position.step === 'score';
    const judged = judgeAnswer({ ...this.call, runStands }, said, this.now);
    this.judged.push(judged);
    if (judged.kind === 'repeated') return;
    const status = judged.kind === 'taken' ? judged.status : this.call.status;
    this.call = { ...this.call, status, answeredAt: this.now };
  }

  #facts(): Facts {
    const status = this.call?.status;
    if (status !== 'answered' && status !== 'failed' && status !== 'timed_out') return {};
    return { steps: { score: { outcome: status, answer: null, error: null, occurrence: 1 } } };
  }

  #event() {
    return {
      id: 'event' as EventId,
      type: callAnswered,
      contactId: this.run.contactId,
      subject: { type: 'run', id: this.run.id },
      payload: {},
      occurredAt: this.now,
    };
  }
}

const outcomes = ['answered', 'failed', 'timed_out'];

test('Feature: workflow calls, Property 1: whatever the order of answer, timeout, cancel and crash, the run goes one way', () => {
  fc.assert(
    fc.property(acts, (given) => {
      const world = new World();
      world.look({ kind: 'start' });
      for (const act of given) world.act(act);
      world.now = new Date(start.getTime() + 24 * 60 * minute);
      world.look({ kind: 'wake' });

      expect(world.calls).toBe(1);
      expect(world.run.status).not.toBe('active');
      const went = world.decided.flatMap(({ rule, verdict }) =>
        rule === 'workflow' && outcomes.includes(verdict) ? verdict : [],
      );
      expect(went.length).toBe(world.run.status === 'exited' ? 1 : 0);
      // What whoever answered was told stays true.
      const taken = world.judged.flatMap((one) => (one.kind === 'taken' ? one.status : []));
      expect(taken.length).toBeLessThanOrEqual(1);
      expect(world.judged.filter(({ kind }) => kind !== 'repeated').length).toBeLessThanOrEqual(1);
      if (taken.length && world.run.status === 'exited') expect(went).toEqual(taken);
      if (!taken.length) expect(went).not.toContain('answered');
      if (world.run.status === 'exited') expect(world.call?.status).toBe(went[0]);
    }),
    { numRuns: 2_000 },
  );
});
