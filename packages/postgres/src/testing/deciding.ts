import type { FlowDefinitionInput } from '@halyard/contracts/flows/definition';
import { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { Wakeups } from '@halyard/core/claim-loop';
import type { ManualClock } from '@halyard/core/clock';
import { DecideLoop } from '@halyard/core/decide/decide-loop';
import { WakeLoop } from '@halyard/core/decide/wake-loop';
import type { FlowId, FlowVersionId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import type { Watch } from '@halyard/core/watch';
import { PgDecideStore } from '../decide/decide-store.js';
import type { TestDatabase } from './test-database.js';

export const silent: Wakeups = { poke: () => {}, listen: () => () => {} };

/** The decide and wake loops of a test: run by hand, until nothing is left that is due. */
export class TestLoops {
  readonly events: DecideLoop;
  readonly runs: WakeLoop;

  constructor(db: TestDatabase, clock: ManualClock, watch?: Watch) {
    const store = new PgDecideStore(db.worker);
    this.events = new DecideLoop(store, clock, randomIds, silent, watch);
    this.runs = new WakeLoop(store, clock, randomIds, silent, watch);
  }

  async drain(limit = 200): Promise<void> {
    for (;;) {
      const { claimed: events } = await this.events.round(limit);
      if (events > 0) continue;
      const { claimed: runs } = await this.runs.round(limit);
      if (runs === 0) return;
    }
  }
}

/** Puts flows live that look at the contact of these events and never begin: so each such event waits for a decision. */
export async function listenTo(db: TestDatabase, orgId: OrgId, ...events: string[]): Promise<void> {
  for (const event of events)
    await publish(db, orgId, `listens-to-${event.replace('.*', '')}`, {
      name: 'Listens',
      trigger: {
        type: 'event',
        event,
        filter: { field: 'contact.attributes.waits', op: 'eq', value: 'for ever' },
      },
      steps: [{ id: 'end', type: 'exit' }],
    });
}

/** Puts a flow live as it is, with its version. */
export async function publish(
  db: TestDatabase,
  orgId: OrgId,
  key: string,
  definition: FlowDefinitionInput,
  { nextTickAt = null as Date | null, weight = 100 } = {},
): Promise<{ flowId: FlowId; versionId: FlowVersionId }> {
  const flowId = randomIds<FlowId>();
  const versionId = randomIds<FlowVersionId>();
  const parsed = FlowDefinition.parse(definition);
  await db.app.forOrg(orgId, async (tx) => {
    await tx
      .insertInto('flows')
      .values({
        org_id: orgId,
        id: flowId,
        key,
        name: parsed.name,
        status: 'live',
        next_tick_at: nextTickAt,
      })
      .execute();
    await tx
      .insertInto('flow_versions')
      .values({
        org_id: orgId,
        id: versionId,
        flow_id: flowId,
        number: 1,
        definition: JSON.stringify(parsed),
        trigger_type: parsed.trigger.type,
        weight,
      })
      .execute();
  });
  return { flowId, versionId };
}
