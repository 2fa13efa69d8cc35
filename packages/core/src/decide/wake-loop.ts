import { crashPoint } from '#crash-point';
import type { Round, Wakeups, WorkKind } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import type { Ids } from '../ids.js';
import { StoreUnavailable } from '../store-unavailable.js';
import type { Watch } from '../watch.js';
import { admitAll } from './admit.js';
import { wokenBy } from './consequences.js';
import { Deaths } from './deaths.js';
import { factsOf } from './decide-events.js';
import type { Consequences, DecideSession, DecideStore, DueRun, World } from './decide-store.js';
import { Decided } from './decided.js';
import { DecisionTraces } from './decision-traces.js';
import { describe, diedOf, maxTries, retryAt } from './retry.js';
import { tellPlans, tellUndecided } from './tell-decided.js';
import type { Deciding } from './work.js';
import { Work } from './work.js';

/**
 * Moves runs whose time has come, by the function that events move them with, and lets schedules tick. A batch is one
 * transaction; a run that cannot be moved is tried again alone, and after the last try ends as failed.
 */
export class WakeLoop {
  readonly #deaths: Deaths;

  constructor(
    private readonly store: DecideStore,
    private readonly clock: Clock,
    private readonly newId: Ids,
    private readonly wakeups: Wakeups,
    private readonly watch?: Watch,
  ) {
    this.#deaths = new Deaths(store, 'runs');
  }

  async round(limit: number): Promise<Round> {
    const now = this.clock.now();
    const ticks = await this.store.tickSchedules(now);
    if (ticks) {
      crashPoint('schedule-ticked');
      this.wakeups.poke('events');
    }
    await this.#deaths.count(now);
    let claimed: DueRun[] = [];
    let suspects: DueRun[] = [];
    const decided = await this.store
      .transaction(async (session) => {
        claimed = await session.claims.runs(limit, now);
        suspects = claimed.filter(({ tries }) => tries > 0);
        const others = claimed.filter(({ tries }) => tries === 0);
        if (others.length) await session.begin('runs', others);
        if (others.length) crashPoint('runs-claimed');
        return this.#move(session, others, now);
      })
      .catch((error: unknown) => {
        if (claimed.length === 0 || error instanceof StoreUnavailable) throw error;
        suspects = claimed;
        return new Decided();
      });
    decided.tell();
    decided.wake(await this.#apart(suspects, now));
    if (claimed.length) crashPoint('moves-committed');
    for (const kind of decided.woken) this.wakeups.poke(kind);
    const nextDueAt = claimed.length ? now : await this.store.nextDue('runs', now);
    return { claimed: claimed.length + ticks, nextDueAt };
  }

  async #move(session: DecideSession, runs: readonly DueRun[], now: Date): Promise<Decided> {
    const decided = new Decided();
    if (runs.length === 0) return decided;
    const moved = await this.#moveTraced(session, runs, now);
    decided.wake(wokenBy(moved, now));
    const { watch } = this;
    if (watch) decided.afterwards(() => tellPlans(watch.log, moved));
    return decided;
  }

  async #moveTraced(session: DecideSession, runs: readonly DueRun[], now: Date): Promise<Consequences> {
    const deciding: Deciding = { world: session.world, now, newId: this.newId };
    if (!this.watch) return this.#moveAll(session, runs, deciding);
    const traces = new DecisionTraces(this.watch.tracing);
    for (const run of runs) traces.wake(run);
    return traces.around(() => this.#moveAll(session, runs, { ...deciding, traceOf: traces.of }));
  }

  async #moveAll(session: DecideSession, runs: readonly DueRun[], deciding: Deciding): Promise<Consequences> {
    const { world } = session;
    const work = new Work(deciding);
    const definitions = await world.definitionsOf(runs);
    await knowOthers(runs, definitions, work, world);
    const facts = await world.facts(runs.map(factsOf));
    for (const [n, run] of runs.entries()) {
      const definition = definitions.get(run.versionId);
      if (!definition) throw new Error(`The version of run ${run.id} is not there.`);
      work.look({
        before: run,
        run,
        definition,
        facts: facts[n] ?? {},
        cause: { kind: 'wake' },
        eventId: null,
      });
    }
    if (work.wanted.length) {
      const flows = await world.liveFlows([...new Set(runs.map(({ orgId }) => orgId))]);
      await admitAll([], flows, work, deciding);
    }
    const consequences = await work.finish();
    await session.write(consequences, deciding.now);
    crashPoint('runs-moved');
    return consequences;
  }

  /** What failed together is tried one by one, so that only the run at fault waits. */
  async #apart(claimed: readonly DueRun[], now: Date): Promise<Set<WorkKind>> {
    const woken = new Set<WorkKind>();
    for (const run of claimed) for (const kind of await this.#alone(run, now)) woken.add(kind);
    return woken;
  }

  async #alone(run: DueRun, now: Date): Promise<Iterable<WorkKind>> {
    if (run.tries >= maxTries) {
      await this.store.runFailed(run, diedOf, null, run.tries);
      return [];
    }
    try {
      const decided = await this.store.transaction(async (session) => {
        const again = await session.claims.run(run.orgId, run.id, now);
        if (again.length) await session.begin('runs', again);
        return this.#move(session, again, now);
      });
      decided.tell();
      return decided.woken;
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      const again = retryAt(run.tries, now);
      if (this.watch) tellUndecided(this.watch, run, error, again);
      await this.store.runFailed(run, describe(error), again);
      return [];
    }
  }
}

/** A step that stops flows must see the contact's other runs, which are not due themselves. */
async function knowOthers(
  runs: readonly DueRun[],
  definitions: Awaited<ReturnType<World['definitionsOf']>>,
  work: Work,
  world: World,
): Promise<void> {
  const stopping = runs.filter(({ versionId }) =>
    definitions.get(versionId)?.steps.some(({ type }) => type === 'stop_flow'),
  );
  if (stopping.length === 0) return;
  const others = await world.runsOf(stopping, []);
  const theirs = await world.definitionsOf(others);
  for (const run of others) {
    const definition = theirs.get(run.versionId);
    if (definition) work.know(run, definition, null);
  }
}
