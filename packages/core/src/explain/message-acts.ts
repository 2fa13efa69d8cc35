import type { StoryEntry } from '@halyard/contracts/explain/message';
import type { ActRecord, MessageRecord } from './explain-store.js';
import type { Sentences } from './sentences/sentences.js';
import type { Teller } from './tell.js';

/** Acts that keep a message back though they are older than it is, by the reason that it was kept back for. */
const lasting: Record<string, readonly string[]> = {
  suppressed: ['suppression.added'],
  opted_out: ['consent.withdrawn', 'preferences.changed'],
};

/**
 * What people, keys and the recipient did: to the message, its review items, its contact and its addresses. `before`: the
 * one act from before there was the message that kept it back.
 */
export function actsOf(record: MessageRecord, teller: Teller): { before: StoryEntry[]; since: StoryEntry[] } {
  const { detail } = record;
  // By this message's own link: its story tells of that already.
  const told = record.events.some(({ type }) => type === 'message.unsubscribed');
  const acts = record.acts.filter(({ action }) => !(told && action === 'preferences.changed'));
  const created = new Date(detail.created_at);
  const kept = lasting[detail.reason ?? ''] ?? [];
  const before = acts.findLast(({ at, action }) => at < created && kept.includes(action));
  return {
    before: before ? tell(before, teller) : [],
    since: acts.filter(({ at }) => at >= created).flatMap((act) => tell(act, teller)),
  };
}

function tell(
  { at, action, actorType, actorName, changes }: ActRecord,
  { says, words }: Teller,
): StoryEntry[] {
  if (!Object.hasOwn(says.acts, action)) return [];
  const who = says.actors[actorType](actorName);
  const sentence = says.acts[action as keyof Sentences['acts']](who, {
    ...changes,
    ...('channel' in changes && changes.channel !== '*' && { channel: words.channel(changes.channel) }),
  });
  const act = { action, actor: { type: actorType, name: actorName } };
  return [{ kind: 'act', at: at.toISOString(), sentence, act }];
}
