import type { Condition } from '@halyard/contracts/conditions';
import type { Facts } from '../conditions/evaluate.js';
import type { Admission } from '../decide/admission.js';
import { admissionsOf } from '../decide/decide-events.js';
import type { LiveFlow } from '../decide/decide-store.js';
import type { JudgedAdmission } from '../decide/judge-admission.js';
import { admissionKey, judgeAdmission } from '../decide/judge-admission.js';
import { isMeant } from '../decide/tick.js';
import { withEvent } from '../flows/triggers.js';
import type { EventRecord, RunRecord } from './explain-store.js';
import { flowThen } from './flow-then.js';
import type { Place, Question } from './place.js';
import { eventIn, place } from './place.js';
import { apply, smallestChange } from './smallest-change.js';
import { tellChanges, tellCondition, tellFlip } from './tell.js';

/**
 * Why an event, or none, did not lead a contact into a flow. Refused admissions are not on record, so the admission is
 * judged anew, by the function of the decide loop, with the facts of the moment at which the event was recorded.
 */
export async function whyNotEntered(
  question: Question,
  occasion: EventRecord | null,
  runs: readonly RunRecord[],
): Promise<Place> {
  if (!occasion) return withoutOccasion(question);
  const base = { verdict: 'not_entered', at: occasion.recordedAt, event: occasion } as const;
  if (occasion.state !== 'decided') return place({ ...base, verdict: 'undecided', reason: occasion.state });
  const { flow, orgId, contactId } = question;
  if (flow.versions.length === 0) return place({ ...base, reason: 'flow_not_live' });
  const stood = flowThen(orgId, flow, occasion.recordedAt);
  const standing = { ...base, flowThen: stood } as const;
  if (flow.versions.every(({ publishedAt }) => publishedAt > occasion.recordedAt))
    return place({ ...standing, reason: 'published_later' });
  if (stood.flow.versions.length === 0)
    return place({ ...standing, reason: stood.status === 'live' ? 'no_version' : 'flow_not_live' });
  const [admission] = admissionsOf({ orgId, contactId, event: occasion.event }, [stood.flow]);
  if (!admission || (admission.kind === 'asked' && admission.flow !== flow.id))
    return place({ ...standing, reason: 'no_occasion' });
  const found = { ...(await judged(question, occasion, admission, stood.flow, runs)), flowThen: stood };
  return stood.status === 'live' ? found : whileNotLive(found, question);
}

/** It took nobody, whatever else stood in the way; what that was, if anything, would have to change with it. */
function whileNotLive(found: Place, { teller }: Question): Place {
  const { flip } = found;
  const live = { kind: 'make_live' } as const;
  const outcome = found.reason === 'unclear' || flip?.outcome === 'enters' ? 'enters' : null;
  const changed =
    outcome && tellChanges([live, ...(flip?.changes ?? [])], (flip?.tried ?? 0) + 1, outcome, teller);
  return { ...found, reason: 'flow_not_live', run: null, flip: changed };
}

async function judged(
  question: Question,
  occasion: EventRecord,
  admission: Admission,
  flow: LiveFlow,
  runs: readonly RunRecord[],
): Promise<Place> {
  const { contactId, reader, teller } = question;
  const at = occasion.recordedAt;
  const base = { verdict: 'not_entered', at, event: occasion } as const;
  const keys = flow.versions.map(({ definition }) => admissionKey(admission, definition));
  const { taken, assigned } = await reader.admissions(flow.id, contactId, keys, at);
  const holders = new Map([...taken].map(([key, id]) => [key, runs.find(({ run }) => run.id === id)]));
  // A run that began later cannot have kept this event out.
  const isTaken = (key: string): boolean => {
    const holder = holders.get(key);
    return holder ? holder.run.startedAt <= at : taken.has(key);
  };
  const judge = (given: Admission, facts: Facts): JudgedAdmission =>
    judgeAdmission(given, flow, facts, { assigned, isTaken, now: at });
  const then = await reader.factsAt(
    { contactId, subject: occasion.event.subject, event: occasion.event, runId: null },
    at,
  );
  const verdict = judge(admission, then.facts);

  if (verdict.kind === 'enters') return place({ ...base, reason: 'unclear' });
  if (verdict.by === 'no_version') return place({ ...base, reason: 'no_version' });
  if (verdict.by === 'reentry') {
    const run = holders.get(verdict.key) ?? null;
    return place({
      ...base,
      reason: 'reentry',
      run,
      flip: pastReentry(question, admission, (other) => judge(other, then.facts)),
    });
  }
  const { trigger } = verdict.version.definition;
  const filter = trigger.type === 'event' ? trigger.filter : undefined;
  if (!filter || admission.kind !== 'event') return place({ ...base, reason: 'unclear' });
  const facts = withEvent(then.facts, occasion.event);
  const withFacts = (changed: Facts): JudgedAdmission =>
    judge({ ...admission, event: eventIn(changed, occasion.event) }, changed);
  const found = smallestChange([filter], facts, at, (changed) => !isKeptOut(withFacts(changed)));
  const outcome = found && withFacts(apply(facts, found.changes)).kind === 'enters' ? 'enters' : 'reentry';
  return place({
    ...base,
    reason: 'condition',
    condition: tellCondition('trigger.filter', filter, { ...then, facts }, teller),
    flip: tellFlip(found, outcome, teller, then),
  });
}

const isKeptOut = (verdict: JudgedAdmission): boolean =>
  verdict.kind === 'refused' && verdict.by === 'trigger';

/** What would get past re-entry: each is tried on the judge. */
function pastReentry(
  { teller }: Question,
  admission: Admission,
  judge: (admission: Admission) => JudgedAdmission,
): Place['flip'] {
  const { orgId, contactId, subject, flow } = admission;
  const other = subject && { ...subject, id: `≠ ${subject.id}` };
  const elsewhere: Admission = { ...admission, subject: other };
  if (other && judge(elsewhere).kind === 'enters')
    return tellChanges([{ kind: 'other_subject' }], 1, 'enters', teller);
  const again: Admission = {
    kind: 'asked',
    orgId,
    contactId,
    subject,
    flow,
    event: null,
    again: true,
    occasion: '≠',
  };
  return judge(again).kind === 'enters' ? tellChanges([{ kind: 'start_again' }], 2, 'enters', teller) : null;
}

/** Nothing led the contact there: for a schedule the audience may be why, for any flow that it takes nobody. */
async function withoutOccasion(question: Question): Promise<Place> {
  const { orgId, flow, contactId, reader, teller, now } = question;
  const stands = flowThen(orgId, flow, now);
  const base = { verdict: 'not_entered', at: now, flowThen: stands } as const;
  if (flow.status !== 'live') return place({ ...base, reason: 'flow_not_live' });
  const live = stands.flow;
  const { assigned } = await reader.admissions(flow.id, contactId, [], now);
  const then = await reader.factsAt({ contactId, subject: null, event: null, runId: null }, now);
  const state = {
    taken: new Set<string>(),
    assigned: new Map(assigned ? [[`${flow.id}/${contactId}`, assigned]] : []),
  };
  const isIn = (facts: Facts): boolean => isMeant(live, contactId, facts, state, now);
  const audience = audienceOf(live);
  if (!audience || isIn(then.facts)) return place({ ...base, reason: 'no_occasion' });
  const found = smallestChange([audience], then.facts, now, isIn);
  return place({
    ...base,
    reason: 'condition',
    condition: tellCondition('trigger.audience', audience, then, teller),
    flip: tellFlip(found, 'enters', teller, then),
  });
}

function audienceOf({ versions }: LiveFlow): Condition | null {
  const trigger = versions.at(-1)?.definition.trigger;
  return trigger?.type === 'schedule' ? trigger.audience : null;
}
