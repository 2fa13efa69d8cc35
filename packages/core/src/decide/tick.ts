import { evaluate } from '../conditions/evaluate.js';
import type { NewEvent } from '../events/event.js';
import { assignVersion } from '../flows/versions.js';
import type { ContactId, EventId, OrgId } from '../ids.js';
import type { AdmissionState, LiveFlow } from './decide-store.js';
import type { StartRequest, Tick } from './requests.js';
import { startRequested, ticked } from './requests.js';
import type { Deciding, Work } from './work.js';

const chunk = 500;

/**
 * Goes through one chunk of an organization's contacts for a schedule: asks for the start of those who satisfy the
 * audience, and for the next chunk. Requests are events with a key of flow, tick and contact, so a tick that is taken up
 * again asks for nobody twice.
 */
export async function tickChunk(
  orgId: OrgId,
  tick: Tick,
  flows: readonly LiveFlow[],
  work: Work,
  deciding: Deciding,
): Promise<void> {
  const flow = flows.find((one) => one.orgId === orgId && one.id === tick.flow_id);
  if (!flow) return;
  const contacts = await deciding.world.contactsAfter(orgId, tick.after, chunk);
  const asked = contacts.map((contactId) => ({ orgId, contactId, flowId: flow.id, keys: [] }));
  const state = await deciding.world.admissionState(asked);
  const facts = await deciding.world.facts(
    contacts.map((contactId) => ({ orgId, contactId, subject: null, event: null, runId: null })),
  );
  const events = contacts
    .filter((contactId, n) => isMeant(flow, contactId, facts[n] ?? {}, state, deciding.now))
    .map((contactId) => requestFor(contactId, tick, deciding));
  const last = contacts.at(-1);
  if (last && contacts.length === chunk) events.push(nextChunk(tick, last, deciding));
  for (const event of events) work.consequences.events.push({ orgId, event, decide: true });
}

/** Whether a schedule means a contact: it satisfies the audience of the version that it gets. */
export function isMeant(
  flow: LiveFlow,
  contactId: ContactId,
  facts: Record<string, unknown>,
  state: AdmissionState,
  now: Date,
): boolean {
  const assigned = state.assigned.get(`${flow.id}/${contactId}`) ?? null;
  const versionId = assignVersion(flow.id, contactId, flow.versions, assigned);
  const trigger = flow.versions.find(({ id }) => id === versionId)?.definition.trigger;
  return trigger?.type === 'schedule' && evaluate(trigger.audience, facts, now);
}

const requestFor = (contactId: ContactId, { flow_id, at }: Tick, { newId, now }: Deciding): NewEvent => ({
  id: newId<EventId>(),
  type: startRequested,
  contactId,
  payload: { flow_id, occasion: `tick:${at}` } satisfies StartRequest,
  occurredAt: now,
  key: `tick:${flow_id}:${at}:${contactId}`,
});

const nextChunk = (tick: Tick, after: ContactId, { newId, now }: Deciding): NewEvent => ({
  id: newId<EventId>(),
  type: ticked,
  contactId: null,
  payload: { ...tick, after },
  occurredAt: now,
  key: `tick:${tick.flow_id}:${tick.at}:after:${after}`,
});
