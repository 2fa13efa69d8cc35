import type { Subject } from '../events/event.js';
import type { SeenEvent } from '../flows/run.js';
import type { ContactId, EventId, FlowId, OrgId } from '../ids.js';

/**
 * A contact before a flow's door. `event`: something happened, and the flow's trigger decides. `asked`: the API, a
 * person, a schedule or a step of another flow wants it in; `flow` is the flow's key or id.
 */
export type Admission = {
  orgId: OrgId;
  contactId: ContactId;
  subject: Subject | null;
  /** What re-entry `always` counts. */
  occasion: string;
} & (
  | { kind: 'event'; flow: FlowId; event: SeenEvent }
  | { kind: 'asked'; flow: string; event: SeenEvent | EventId | null; again?: boolean }
);
