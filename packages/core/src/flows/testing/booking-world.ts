import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import * as fc from 'fast-check';
import type { ContactId, FlowId, FlowVersionId, MessageId, RunId } from '../../ids.js';
import { advance } from '../advance.js';
import type { PlanRow } from '../plan.js';
import { reconcile } from '../plan.js';
import type { Advanced, Cause, Effect, Facts, Run } from '../run.js';
import { startRun } from '../run.js';
import { planningReasonOf } from '../run-end.js';
import { zone } from './arbitraries.js';

/** What can happen to a booking, to its contact, to the clock and to due messages. */
export type Happening =
  | { kind: 'reschedule'; hours: number }
  | { kind: 'check_in' | 'cancel' | 'look' }
  | { kind: 'move_house'; zone: string }
  | { kind: 'pass_time'; hours: number }
  | { kind: 'release'; outcome: 'sent' | 'skipped' };

export const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 16,
    arbitrary: fc.record({
      kind: fc.constant('reschedule' as const),
      hours: fc.integer({ min: -400, max: 400 }),
    }),
  },
  {
    weight: 16,
    arbitrary: fc.record({
      kind: fc.constant('pass_time' as const),
      hours: fc.integer({ min: 0, max: 100 }),
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('release' as const),
      outcome: fc.constantFrom('sent' as const, 'skipped' as const),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('move_house' as const), zone }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constantFrom('check_in' as const, 'look' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const) }) },
);

/** A database of one run, which does with the planner's answers what the decide and deliver loops do. */
export class BookingWorld {
  readonly rows = new Map<string, PlanRow>();
  readonly released: string[] = [];
  readonly effects: Effect[] = [];
  readonly startedAt: Date;
  run: Run;
  #status = 'confirmed';
  #contactZone = 'America/New_York';

  constructor(
    readonly definition: FlowDefinition,
    public now: Date,
    private startsAt: Date,
    private readonly bookingZone: string,
  ) {
    this.startedAt = now;
    this.run = this.newRun();
    this.look({ kind: 'start' });
  }

  newRun(): Run {
    const ids = { id: 'run' as RunId, flowId: 'flow' as FlowId, versionId: 'version' as FlowVersionId };
    const about = {
      contactId: 'contact' as ContactId,
      subject: { type: 'booking', id: 'b' },
      triggerEventId: null,
    };
    return startRun({ ...ids, ...about }, this.definition, this.startedAt);
  }

  facts(): Facts {
    return {
      contact: { time_zone: this.#contactZone, attributes: {} },
      subject: {
        status: this.#status,
        starts_at: this.startsAt.toISOString(),
        ends_at: new Date(this.startsAt.getTime() + 30 * 3_600_000).toISOString(),
        time_zone: this.bookingZone,
      },
      organization: { time_zone: 'Europe/Berlin' },
      steps: {},
    };
  }

  happen(happening: Happening): void {
    switch (happening.kind) {
      case 'pass_time':
        this.passTime(new Date(this.now.getTime() + happening.hours * 3_600_000));
        return;
      case 'release':
        this.release(happening.outcome);
        return;
      default:
        this.change(happening);
        this.look({ kind: 'wake' });
    }
  }

  private change(happening: Exclude<Happening, { kind: 'pass_time' | 'release' }>): void {
    switch (happening.kind) {
      case 'reschedule':
        if (this.#status !== 'cancelled')
          this.startsAt = new Date(this.startsAt.getTime() + happening.hours * 3_600_000);
        return;
      case 'cancel':
        this.#status = 'cancelled';
        return;
      case 'check_in':
        if (this.#status === 'confirmed') this.#status = 'checked_in';
        return;
      case 'move_house':
        this.#contactZone = happening.zone;
        return;
      case 'look':
    }
  }

  /** Time passes as the wake loop sees it: the run is looked at whenever it asked for it. */
  private passTime(until: Date): void {
    while (this.run.wakeAt && this.run.wakeAt <= until) {
      if (this.run.wakeAt > this.now) this.now = this.run.wakeAt;
      this.look({ kind: 'wake' });
    }
    this.now = until;
  }

  private release(outcome: 'sent' | 'skipped'): void {
    for (const [key, row] of this.rows) {
      if (row.status !== 'scheduled' || row.plannedAt > this.now) continue;
      this.released.push(key);
      this.rows.set(key, { ...row, status: outcome, reason: outcome === 'sent' ? null : 'quiet' });
    }
  }

  private look(cause: Cause): void {
    const { definition, now, run } = this;
    const advanced = advance({ definition, run, facts: this.facts(), cause, now });
    this.run = advanced.run;
    this.effects.push(...advanced.effects);
    this.write(advanced);
  }

  private write({ run, plan }: Advanced): void {
    const changes = reconcile([...this.rows.values()], plan, planningReasonOf(run));
    for (const { stepId, occurrence, plannedAt, verdict } of changes.insert) {
      const past = verdict === 'past';
      this.rows.set(`${stepId}:${occurrence}`, {
        messageId: `${stepId}:${occurrence}` as MessageId,
        stepId,
        occurrence,
        plannedAt,
        status: past ? 'skipped' : 'scheduled',
        reason: past ? 'past' : null,
      });
    }
    for (const { messageId, planned } of [...changes.move, ...changes.revive])
      this.update(messageId, { status: 'scheduled', reason: null, plannedAt: planned.plannedAt });
    for (const { messageId, status, reason } of changes.cancel) this.update(messageId, { status, reason });
  }

  private update(messageId: string, to: Partial<PlanRow>): void {
    const row = this.rows.get(messageId);
    if (row) this.rows.set(messageId, { ...row, ...to });
  }

  /** What is scheduled for later than now. */
  pending(): string[] {
    return [...this.rows.values()]
      .filter(({ status, plannedAt }) => status === 'scheduled' && plannedAt > this.now)
      .map(({ messageId, plannedAt }) => `${messageId} ${plannedAt.toISOString()}`)
      .sort();
  }
}
