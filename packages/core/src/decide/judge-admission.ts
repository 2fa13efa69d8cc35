import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { Facts } from '../flows/run.js';
import { reentryKey, triggeredBy } from '../flows/triggers.js';
import { assignVersion } from '../flows/versions.js';
import type { FlowVersionId } from '../ids.js';
import type { Admission } from './admission.js';
import type { LiveFlow, LiveFlowVersion } from './decide-store.js';

/** What earlier admissions of the contact to the flow left behind, and the moment. */
export interface Standing {
  /** The version that the contact got before. */
  assigned: FlowVersionId | null;
  /** Whether a key of re-entry is taken. */
  isTaken: (key: string) => boolean;
  now: Date;
}

export type JudgedAdmission =
  | { kind: 'enters'; version: LiveFlowVersion; key: string }
  | { kind: 'refused'; by: 'no_version' }
  | { kind: 'refused'; by: 'trigger'; version: LiveFlowVersion }
  | { kind: 'refused'; by: 'reentry'; version: LiveFlowVersion; key: string };

/** Whether a contact enters a live flow, and what keeps it out: the first of no version, the trigger, re-entry. Pure. */
export function judgeAdmission(
  admission: Admission,
  flow: Pick<LiveFlow, 'id' | 'versions'>,
  facts: Facts,
  { assigned, isTaken, now }: Standing,
): JudgedAdmission {
  const versionId = assignVersion(flow.id, admission.contactId, flow.versions, assigned);
  const version = flow.versions.find(({ id }) => id === versionId);
  if (!version) return { kind: 'refused', by: 'no_version' };
  const { definition } = version;
  if (admission.kind === 'event' && !triggeredBy(definition, admission.event, facts, now))
    return { kind: 'refused', by: 'trigger', version };
  const key = admissionKey(admission, definition);
  return isTaken(key) ? { kind: 'refused', by: 'reentry', version, key } : { kind: 'enters', version, key };
}

/** What must be unique among the admissions to a flow with this definition. */
export const admissionKey = (admission: Admission, { reentry }: FlowDefinition): string =>
  reentryKey(
    admission.kind === 'asked' && admission.again ? 'always' : reentry,
    admission.contactId,
    admission.subject,
    admission.occasion,
  );
