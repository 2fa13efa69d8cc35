import type { FlowExplanation } from '@halyard/contracts/explain/flow';
import type { ExplainLocale } from '@halyard/contracts/explain/parts';
import type { Clock } from '../clock.js';
import { DomainError, notFound } from '../domain-error.js';
import type { ContactId, EventId, FlowId, OrgId } from '../ids.js';
import type {
  DecisionRecord,
  EventRecord,
  ExplainReader,
  ExplainStore,
  FlowRecord,
  RunRecord,
} from './explain-store.js';
import { tellPlace } from './flow-answer.js';
import type { Place, Question } from './place.js';
import { tellerOf } from './tell.js';
import { whyLeft } from './why-left.js';
import { whyNotEntered } from './why-not-entered.js';
import { whyWaiting } from './why-waiting.js';

/** Whom it is about, and of which event; of the latest one, when none is given. */
export interface FlowQuestion {
  contact: string;
  event?: EventId | undefined;
}

/** Tells why a contact did not enter a flow, is waiting in it, or left it. */
export class ExplainFlows {
  constructor(
    private readonly store: ExplainStore,
    private readonly clock: Clock,
  ) {}

  explain(orgId: OrgId, id: FlowId, asked: FlowQuestion, locale: ExplainLocale): Promise<FlowExplanation> {
    return this.store.read(orgId, async (reader) => {
      const flow = await reader.flow(id);
      if (!flow) throw notFound('flow');
      const contact = await reader.contact(asked.contact);
      if (!contact)
        throw unknown('query.contact', 'There is no contact with this id, external id or address.');
      const teller = tellerOf(locale, contact.timeZone);
      const question = { orgId, flow, contactId: contact.id, reader, teller, now: this.clock.now() };
      const event = asked.event ? await eventOf(reader, asked.event, contact.id) : null;
      const { place, decisions } = await placeOf(question, event);
      return tellPlace(question, place, decisions);
    });
  }
}

interface Found {
  place: Place;
  decisions: DecisionRecord[];
}

/**
 * What is asked about: the run that the event began, or why it began none. Without an event the run that is under way,
 * else whatever is newer, the last occasion to enter or the last run.
 */
async function placeOf(question: Question, asked: EventRecord | null): Promise<Found> {
  const { flow, contactId, reader } = question;
  const runs = await reader.runs(flow.id, contactId);
  const begunBy = (event: EventRecord): RunRecord | undefined =>
    runs.find(({ run }) => run.triggerEventId === event.event.id);
  if (asked) return placeAt(question, asked, begunBy(asked), runs);
  const active = runs.find(({ run }) => run.status === 'active');
  if (active) return placeIn(question, active);
  const occasion = await reader.latestEvent(contactId, occasionsOf(flow));
  const last = runs[0];
  if (!occasion) return last ? placeIn(question, last) : placeAt(question, null, undefined, runs);
  const begun = begunBy(occasion) ?? (last && last.run.startedAt > occasion.recordedAt ? last : undefined);
  return placeAt(question, occasion, begun, runs);
}

async function placeAt(
  question: Question,
  occasion: EventRecord | null,
  begun: RunRecord | undefined,
  runs: readonly RunRecord[],
): Promise<Found> {
  if (begun) return placeIn(question, begun);
  return { place: await whyNotEntered(question, occasion, runs), decisions: [] };
}

async function placeIn(question: Question, record: RunRecord): Promise<Found> {
  const decisions = await question.reader.decisions(question.contactId, record.run.id);
  const place =
    record.run.status === 'active'
      ? await whyWaiting(question, record)
      : await whyLeft(question, record, decisions);
  return { place, decisions };
}

const occasionsOf = ({ id, versions }: FlowRecord) => ({
  patterns: versions.flatMap(({ definition: { trigger } }) =>
    trigger.type === 'event' ? [trigger.event] : [],
  ),
  requests: id,
});

async function eventOf(reader: ExplainReader, id: EventId, contactId: ContactId): Promise<EventRecord> {
  const found = await reader.event(id);
  if (found?.event.contactId === contactId) return found;
  throw unknown(
    'query.event',
    'There is no such event of this contact: GET /contacts/{id}/events lists them.',
  );
}

const unknown = (path: string, message: string): DomainError =>
  new DomainError('invalid_request', message, [{ path, message }]);
