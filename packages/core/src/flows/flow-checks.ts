import type { FlowFinding } from '@halyard/contracts/flows/check';
import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { OrgId } from '../ids.js';
import { checkDefinition } from './check.js';
import type { Known } from './known.js';

/** Checks a definition; the largest take seconds of a processor, so a server does it beside what else it does. */
export interface DefinitionChecks {
  check(orgId: OrgId, definition: FlowDefinition, known: Known): Promise<FlowFinding[]>;
}

/** Where nothing else waits for this thread. */
export const checksInPlace: DefinitionChecks = {
  check: async (_, definition, known) => checkDefinition(definition, known),
};

/** What checking needs of the database: what a definition of this flow may name. */
export interface KnownStore {
  known(orgId: OrgId, self: string, definition: FlowDefinition): Promise<Known>;
}

/** Checks definitions against what their organization has and allows. */
export class FlowChecks {
  constructor(
    private readonly store: KnownStore,
    private readonly checks: DefinitionChecks,
  ) {}

  /** Everything that is wrong with a definition; `key`: of the flow that it is, or would be. */
  async check(orgId: OrgId, key: string, definition: FlowDefinition): Promise<FlowFinding[]> {
    return this.checks.check(orgId, definition, await this.store.known(orgId, key, definition));
  }
}
