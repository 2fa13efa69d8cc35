import { evaluate } from '../conditions/evaluate.js';
import { advance } from '../flows/advance.js';
import type { SeenEvent } from '../flows/run.js';
import { withEvent } from '../flows/triggers.js';
import { callEvents } from '../flows/workflow-facts.js';
import type { RunRecord } from './explain-store.js';
import type { Place, Question } from './place.js';
import { eventIn, place } from './place.js';
import { smallestChange } from './smallest-change.js';
import { tellCondition, tellFlip } from './tell.js';

/** What a run waits for; where an awaited event came and was not the right one, why it was not. */
export async function whyWaiting(question: Question, record: RunRecord): Promise<Place> {
  const { now } = question;
  const { run } = record;
  const { step, waiting } = run.position;
  const base = { verdict: 'waiting', at: now, run: record, step, until: run.wakeAt } as const;
  if (run.wakeAt && run.wakeAt <= now) return place({ ...base, reason: 'due' });
  if (step === null) return place({ ...base, reason: 'messages' });
  if (!waiting) return place({ ...base, reason: run.wakeAt ? 'time' : 'date_missing' });
  if (waiting.event === callEvents) return place({ ...base, reason: 'workflow' });
  const missed = await missedEvent(question, record, waiting.event);
  return place({ ...base, reason: 'event', waitingFor: waiting.event, ...missed });
}

/** The last event of the awaited type that did not end the wait, and what would have made it do so. */
async function missedEvent(
  { flow, contactId, reader, teller }: Question,
  { run }: RunRecord,
  pattern: string,
): Promise<Partial<Place>> {
  const definition = flow.versions.find(({ id }) => id === run.versionId)?.definition;
  const n = definition?.steps.findIndex(({ id }) => id === run.position.step) ?? -1;
  const step = definition?.steps[n];
  const filter = step?.type === 'wait' && step.wait.for === 'event' ? step.wait.filter : undefined;
  if (!definition || !filter) return {};
  const came = await reader.latestEvent(
    contactId,
    { patterns: [pattern], requests: null },
    new Date(run.position.reachedAt),
  );
  if (came?.state !== 'decided') return {};
  const { event, recordedAt: at } = came;
  const then = await reader.factsAt(
    { contactId, subject: run.subject, event: run.triggerEventId, runId: run.id },
    at,
  );
  const facts = withEvent(then.facts, event);
  if (evaluate(filter, facts, at)) return {};
  const ends = (seen: SeenEvent, changed: typeof facts): boolean =>
    advance({
      definition,
      run,
      facts: changed,
      cause: { kind: 'event', event: seen },
      now: at,
    }).decisions.some(({ rule, verdict }) => rule === 'wait_event' && verdict !== 'timeout');
  const found = smallestChange([filter], facts, at, (changed) => ends(eventIn(changed, event), changed));
  return {
    at,
    event: came,
    condition: tellCondition(`steps.${n}.wait.filter`, filter, { ...then, facts }, teller),
    flip: tellFlip(found, 'goes_on', teller, then),
  };
}
