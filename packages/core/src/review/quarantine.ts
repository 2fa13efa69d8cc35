import type { DomainError, Issue } from '../domain-error.js';
import type { OrgId } from '../ids.js';

/** An input that was refused, kept as it came. */
export interface QuarantinedInput {
  /** Its own id, by which a repetition of it is known again; null when it has none. */
  id: string | null;
  input: unknown;
  detail: string;
  issues: readonly Issue[];
}

/** Where refused inputs wait for a person. */
export interface Quarantine {
  /** Opens one review item per input; of one that waits there already, the newest state is kept. */
  setAside(orgId: OrgId, type: string, inputs: readonly QuarantinedInput[]): Promise<void>;
}

/** Takes an input that was quarantined; null when it was taken, else why not. */
export type TakeInput = (orgId: OrgId, input: unknown) => Promise<DomainError | null>;
