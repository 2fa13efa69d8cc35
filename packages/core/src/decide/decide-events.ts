import { announceChunk } from '../academy/announce.js';
import type { Announcement } from '../academy/events.js';
import { announcing } from '../academy/events.js';
import type { ContactId, EventId, FlowId } from '../ids.js';
import type { Admission } from './admission.js';
import { admitAll, doorsOf, isRuledOut } from './admit.js';
import type { Consequences, LiveFlow, OrgRun, PendingEvent } from './decide-store.js';
import { changesSubject, concerns, mayReopen, reopened } from './relevance.js';
import type { StartRequest, StopRequest, Tick } from './requests.js';
import { startRequested, stopRequested, ticked } from './requests.js';
import { tickChunk } from './tick.js';
import type { Deciding } from './work.js';
import { Work } from './work.js';

/** An event with the contact that it is about. */
type About = PendingEvent & { contactId: ContactId };

/**
 * What follows from events of different contacts, at most one of each: runs that are under way are moved first, then
 * contacts enter flows. Loads what it needs in a fixed number of queries, however many events there are.
 */
export async function decideEvents(
  pending: readonly PendingEvent[],
  deciding: Deciding,
): Promise<Consequences> {
  const work = new Work(deciding);
  const orgIds = [...new Set(pending.map(({ orgId }) => orgId))];
  const flows = await deciding.world.liveFlows(orgIds);
  for (const { orgId, event } of pending)
    if (event.type === ticked)
      await tickChunk(orgId, event.payload as unknown as Tick, flows, work, deciding);
  for (const { orgId, event } of pending)
    if (event.type === announcing) {
      const announcement = event.payload as unknown as Announcement;
      await announceChunk(orgId, { announcement, at: event.occurredAt }, work, deciding);
    }
  const about = pending.flatMap((one): About[] =>
    one.event.contactId ? [{ ...one, contactId: one.event.contactId }] : [],
  );
  await moveRuns(about, work, deciding);
  const admissions = about
    .flatMap((one) => admissionsOf(one, flows))
    .filter((admission) => !isRuledOut(admission, flows, deciding.now));
  await admitAll(admissions, flows, work, deciding);
  return work.finish();
}

async function moveRuns(about: readonly About[], work: Work, deciding: Deciding): Promise<void> {
  const subjects = about.flatMap(({ orgId, contactId, event }) =>
    event.subject && mayReopen(event) ? [{ orgId, contactId, ...event.subject }] : [],
  );
  const runs = await deciding.world.runsOf(about, subjects);
  const definitions = await deciding.world.definitionsOf(runs);
  const byContact = Map.groupBy(runs, (run) => `${run.orgId}/${run.contactId}`);
  const looks = about.flatMap(({ orgId, contactId, event }) =>
    (byContact.get(`${orgId}/${contactId}`) ?? []).flatMap((before) => {
      const definition = definitions.get(before.versionId);
      if (!definition) throw new Error(`The version of run ${before.id} is not there.`);
      if (before.status === 'active') work.know(before, definition, event.id);
      return concerns(event, before, definition, deciding.now) ? [{ before, definition, event }] : [];
    }),
  );
  const facts = await deciding.world.facts(looks.map(({ before }) => factsOf(before)));
  for (const [n, { before, definition, event }] of looks.entries())
    work.look({
      before,
      run: reopened(before),
      definition,
      facts: facts[n] ?? {},
      cause: { kind: 'event', event },
      eventId: event.id,
    });
  for (const { orgId, contactId, event } of about)
    if (event.subject && changesSubject(event))
      work.consequences.confirm.push({ orgId, contactId, subject: event.subject });
  for (const { orgId, contactId, event } of about)
    if (event.type === stopRequested) stop(orgId, contactId, event.payload as unknown as StopRequest, work);
}

/** The facts of a run: those of its own subject and of the event that started it. */
export const factsOf = (run: OrgRun) => ({
  orgId: run.orgId,
  contactId: run.contactId,
  subject: run.subject,
  event: run.triggerEventId,
  runId: run.id,
});

function stop(orgId: PendingEvent['orgId'], contactId: ContactId, request: StopRequest, work: Work): void {
  const { flow_id, subject, reason } = request;
  work.stop(
    orgId,
    contactId,
    reason ?? 'stopped',
    (run) =>
      run.flowId === flow_id &&
      (!subject || (run.subject?.type === subject.type && run.subject.id === subject.id)),
  );
}

/** The flows' doors that an event leads its contact to: those whose trigger it is, or the one that it asks for. */
export function admissionsOf(
  { orgId, contactId, event }: Pick<About, 'orgId' | 'contactId' | 'event'>,
  flows: readonly LiveFlow[],
): Admission[] {
  if (event.type !== startRequested) return doorsOf(orgId, contactId, event, flows);
  const request = event.payload as unknown as StartRequest;
  return [
    {
      kind: 'asked',
      orgId,
      contactId,
      flow: request.flow_id satisfies FlowId,
      subject: event.subject,
      event,
      occasion: request.occasion ?? (event.id satisfies EventId),
      again: request.again,
    },
  ];
}
