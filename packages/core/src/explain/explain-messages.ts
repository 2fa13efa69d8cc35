import type { MessageExplanation } from '@halyard/contracts/explain/message';
import type { ExplainLocale } from '@halyard/contracts/explain/parts';
import type { MessageStep } from '@halyard/contracts/flows/definition';
import { evaluate } from '../conditions/evaluate.js';
import { notFound } from '../domain-error.js';
import type { ContactId, EventId, MessageId, OrgId, RunId } from '../ids.js';
import type { ExplainReader, ExplainStore, MessageRecord } from './explain-store.js';
import type { ConditionAt } from './message-story.js';
import { standing, storyOf } from './message-story.js';
import { smallestChange } from './smallest-change.js';
import type { Teller } from './tell.js';
import { tellCondition, tellerOf, tellFlip } from './tell.js';

/** Tells the whole story of a message: why it was sent, or why not. */
export class ExplainMessages {
  constructor(private readonly store: ExplainStore) {}

  /** `namesActors`: whoever asks may read the audit log, and so who acted. */
  explain(
    orgId: OrgId,
    id: MessageId,
    { locale, namesActors }: { locale: ExplainLocale; namesActors: boolean },
  ): Promise<MessageExplanation> {
    return this.store.read(orgId, async (reader) => {
      const found = await reader.message(id);
      if (!found) throw notFound('message');
      const record = namesActors ? found : withoutNames(found);
      const teller = tellerOf(locale, record.timeZone);
      const story = storyOf(record, await conditionsOf(record, reader, teller), teller);
      const step = stepOf(record);
      return {
        message: record.detail,
        event: record.event,
        run: record.run,
        campaign: record.campaign,
        step: record.detail.step_id ? { id: record.detail.step_id, name: step?.name ?? null } : null,
        story,
        locale,
        sentences: [...story.map(({ sentence }) => sentence), standing(record, teller)],
      };
    });
  }
}

const withoutNames = (record: MessageRecord): MessageRecord => ({
  ...record,
  acts: record.acts.map((act) => ({ ...act, actorName: null })),
});

function stepOf({ detail, definition }: MessageRecord): MessageStep | null {
  const step = definition?.steps.find(({ id }) => id === detail.step_id);
  return step?.type === 'message' ? step : null;
}

/** A decision keeps that its step's condition did not hold, not the facts: those are rolled back to its moment. */
async function conditionsOf(
  record: MessageRecord,
  reader: ExplainReader,
  teller: Teller,
): Promise<ConditionAt[]> {
  const { detail } = record;
  const condition = stepOf(record)?.condition;
  if (!condition) return [];
  const found: ConditionAt[] = [];
  for (const decision of detail.decisions.filter(({ rule }) => rule === 'condition')) {
    const at = new Date(decision.at);
    const about = {
      contactId: detail.contact_id as ContactId | null,
      subject: detail.subject,
      event: (record.event?.id ?? null) as EventId | null,
      runId: detail.run_id as RunId | null,
    };
    const then = await reader.factsAt(about, at);
    const told = tellCondition('condition', condition, then, teller);
    // What was only known as it is now may make it hold today: then there is nothing to flip.
    const flip = told.holds
      ? null
      : smallestChange([condition], then.facts, at, (changed) => evaluate(condition, changed, at));
    found.push({ at: decision.at, condition: told, flip: tellFlip(flip, 'holds', teller, then) });
  }
  return found;
}
