import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { Facts, SeenEvent } from '../flows/run.js';
import { startRun } from '../flows/run.js';
import { matchesType, mayTrigger } from '../flows/triggers.js';
import type { ContactId, OrgId, RunId } from '../ids.js';
import type { Admission } from './admission.js';
import type { AdmissionState, LiveFlow, OrgRun } from './decide-store.js';
import { admissionKey, judgeAdmission } from './judge-admission.js';
import type { Deciding, Work } from './work.js';

/** Flows that start flows that start flows: after this many doors it is a circle. */
const deepest = 10;

/** The admissions that an event asks for: every live flow of which a version waits for this type. */
export function doorsOf(
  orgId: OrgId,
  contactId: ContactId,
  event: SeenEvent,
  flows: readonly LiveFlow[],
): Admission[] {
  return flows
    .filter(
      (flow) => flow.orgId === orgId && flow.versions.some(({ definition }) => opensFor(definition, event)),
    )
    .map((flow) => ({
      kind: 'event',
      orgId,
      contactId,
      flow: flow.id,
      subject: event.subject,
      event,
      occasion: event.id,
    }));
}

const opensFor = ({ trigger }: FlowDefinition, event: SeenEvent): boolean =>
  trigger.type === 'event' && matchesType(trigger.event, event.type);

/** Whether the event alone keeps the contact out, whatever its facts are: most events are done with by that. */
export function isRuledOut(admission: Admission, flows: readonly LiveFlow[], now: Date): boolean {
  if (admission.kind !== 'event') return false;
  const flow = flows.find(({ id }) => id === admission.flow);
  return !flow?.versions.some(({ definition }) => mayTrigger(definition, admission.event, now));
}

/** Admits contacts, and those whom the flows they enter send on to other flows. */
export async function admitAll(
  admissions: readonly Admission[],
  flows: readonly LiveFlow[],
  work: Work,
  deciding: Deciding,
): Promise<void> {
  const taken = new Set<string>();
  let waiting = [...admissions, ...work.wanted.splice(0)];
  for (let depth = 0; waiting.length; depth++) {
    if (depth === deepest) throw new Error('Flows start one another in a circle.');
    await admit(waiting, flows, taken, work, deciding);
    waiting = work.wanted.splice(0);
  }
}

async function admit(
  admissions: readonly Admission[],
  flows: readonly LiveFlow[],
  taken: Set<string>,
  work: Work,
  deciding: Deciding,
): Promise<void> {
  const known = admissions.flatMap((admission) => {
    const flow = flows.find(
      (one) => one.orgId === admission.orgId && (one.id === admission.flow || one.key === admission.flow),
    );
    return flow ? [{ admission, flow }] : [];
  });
  const asked = known.map(({ admission, flow }) => ({
    orgId: admission.orgId,
    contactId: admission.contactId,
    flowId: flow.id,
    keys: flow.versions.map(({ definition }) => admissionKey(admission, definition)),
  }));
  const state = await deciding.world.admissionState(asked);
  const facts = await deciding.world.facts(known.map(({ admission }) => ({ ...admission, runId: null })));
  for (const [n, { admission, flow }] of known.entries())
    enter(admission, flow, facts[n] ?? {}, { ...state, inThisStep: taken }, work, deciding);
}

function enter(
  admission: Admission,
  flow: LiveFlow,
  facts: Facts,
  state: AdmissionState & { inThisStep: Set<string> },
  work: Work,
  { newId, now }: Deciding,
): void {
  const judged = judgeAdmission(admission, flow, facts, {
    assigned: state.assigned.get(`${flow.id}/${admission.contactId}`) ?? null,
    isTaken: (key) => state.taken.has(`${flow.id}/${key}`) || state.inThisStep.has(`${flow.id}/${key}`),
    now,
  });
  if (judged.kind === 'refused') return;
  const { version, key } = judged;
  const { definition } = version;
  state.inThisStep.add(`${flow.id}/${key}`);
  const { orgId, contactId, subject, event } = admission;
  const triggerEventId = typeof event === 'string' ? event : (event?.id ?? null);
  const given = {
    id: newId<RunId>(),
    flowId: flow.id,
    versionId: version.id,
    contactId,
    subject,
    triggerEventId,
  };
  const run: OrgRun = { ...startRun(given, definition, now), orgId, flowKey: flow.key };
  const cause = { kind: 'start' } as const;
  work.look({ before: null, key, run, definition, facts, cause, eventId: triggerEventId });
}
