import { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { FlowVersionId, OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Tx } from '../database.js';

/**
 * Published definitions, parsed once per process. They never change, so an entry is never stale: which versions are live
 * is asked of the database each time, by id and weight alone.
 */
export class Definitions {
  readonly #known = new Map<string, FlowDefinition>();

  constructor(private readonly most = 2_000) {}

  async load(
    tx: Tx,
    versions: readonly { orgId: OrgId; versionId: FlowVersionId }[],
  ): Promise<Map<FlowVersionId, FlowDefinition>> {
    const missing = new Map(
      versions.filter((one) => !this.#known.has(one.versionId)).map((one) => [one.versionId, one.orgId]),
    );
    if (missing.size) {
      const { rows } = await sql<{ id: FlowVersionId; definition: unknown }>`
        select flow_versions.id, definition
        from unnest(${[...missing.values()]}::uuid[], ${[...missing.keys()]}::uuid[]) as asked (org_id, id)
        join flow_versions on flow_versions.org_id = asked.org_id and flow_versions.id = asked.id`.execute(
        tx,
      );
      for (const row of rows) this.#keep(row.id, FlowDefinition.parse(row.definition));
    }
    return new Map(
      versions.flatMap(({ versionId }) => {
        const definition = this.#known.get(versionId);
        return definition ? [[versionId, definition] as const] : [];
      }),
    );
  }

  #keep(id: FlowVersionId, definition: FlowDefinition): void {
    const oldest = this.#known.keys().next();
    if (this.#known.size >= this.most && !oldest.done) this.#known.delete(oldest.value);
    this.#known.set(id, definition);
  }
}
