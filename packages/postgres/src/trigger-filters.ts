import { Trigger } from '@halyard/contracts/flows/definition';
import type { NewEvent } from '@halyard/core/events/event';
import { mayTrigger } from '@halyard/core/flows/triggers';
import type { FlowVersionId, OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Tx } from './database.js';

/** Triggers that were asked about events before these are recorded. */
export interface AskedTriggers {
  /** The published versions whose triggers they are. */
  versions: readonly FlowVersionId[];
  /** Whether the event alone keeps its contact out of all of these, whatever is known of the contact. */
  ruleOut(event: NewEvent): boolean;
}

export const noneAsked: AskedTriggers = { versions: [], ruleOut: () => true };

interface Known {
  triggers: Map<FlowVersionId, Trigger>;
  readAt: number;
}

const freshMs = 10_000;
/** Of one organization: the newest ones. What was not asked lets events wait for their decision, as all did before. */
const mostVersions = 200;
const mostOrganizations = 1_000;

/**
 * The triggers of published versions, so that an event that none of them lets in need not wait for a decision that says
 * so. Published versions never change, so what is known of them is never stale; those that are published later are not
 * known yet, and whoever records an event sees that there are such (`worth-deciding.ts`).
 */
export class TriggerFilters {
  readonly #known = new Map<OrgId, Known>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  async of(tx: Tx, orgId: OrgId, now: Date): Promise<AskedTriggers> {
    const known = this.#known.get(orgId) ?? { triggers: new Map(), readAt: Number.NEGATIVE_INFINITY };
    if (this.now() - known.readAt >= freshMs) {
      const triggers = await read(tx, orgId, known.triggers);
      known.readAt = this.now();
      known.triggers = triggers;
      if (this.#known.size >= mostOrganizations) this.#known.clear();
      this.#known.set(orgId, known);
    }
    const triggers = [...known.triggers.values()];
    return {
      versions: [...known.triggers.keys()],
      ruleOut: (event) => !triggers.some((trigger) => mayTrigger({ trigger }, event, now)),
    };
  }
}

async function read(
  tx: Tx,
  orgId: OrgId,
  known: ReadonlyMap<FlowVersionId, Trigger>,
): Promise<Map<FlowVersionId, Trigger>> {
  const { rows } = await sql<{ id: FlowVersionId; trigger: unknown }>`
    select id, case when id <> all (${[...known.keys()]}::uuid[]) then definition->'trigger' end as trigger
    from flow_versions where org_id = ${orgId} and trigger_event is not null
    order by published_at desc, id limit ${mostVersions}`.execute(tx);
  return new Map(
    rows.flatMap(({ id, trigger }): [FlowVersionId, Trigger][] => {
      const parsed = known.get(id) ?? Trigger.safeParse(trigger).data;
      return parsed ? [[id, parsed]] : [];
    }),
  );
}
