import type { ContactEvent, ContactRun } from '../data/contacts';
import type { ListedMessage } from '../data/queries';

/** Something that happened to a contact, or that they did. */
export type Entry =
  | { kind: 'event'; id: string; at: string; event: ContactEvent }
  | { kind: 'message'; id: string; at: string; message: ListedMessage }
  | { kind: 'run'; id: string; at: string; run: ContactRun; ended: boolean };

/** What was loaded of one list. `reached`: down to which moment it is complete; null when to its end. */
export interface Source {
  entries: readonly Entry[];
  reached: string | null;
}

/** Messages tell these themselves, on their own entry. */
const toldByMessage = /^message\.(?:sent|delivered|opened|clicked|bounced|failed|cancelled|retried)$/;
/** Names that begin so are Halyard's own. */
const toldByRun = /^flow\./;

export const eventEntries = (events: readonly ContactEvent[]): Entry[] =>
  events
    .filter(({ type }) => !toldByMessage.test(type) && !toldByRun.test(type))
    .map((event) => ({ kind: 'event', id: event.id, at: event.occurred_at, event }));

/** Planned ones are no history yet. */
export const messageEntries = (messages: readonly ListedMessage[]): Entry[] =>
  messages
    .filter(({ status }) => status !== 'scheduled')
    .map((message) => ({ kind: 'message', id: message.id, at: momentOf(message), message }));

/** What was skipped, cancelled or given up was so when it last changed. */
const momentOf = ({ sent_at, updated_at }: ListedMessage): string => sent_at ?? updated_at;

export const runEntries = (runs: readonly ContactRun[]): Entry[] =>
  runs.flatMap((run): Entry[] => [
    ...(run.ended_at
      ? [{ kind: 'run' as const, id: `${run.id} ended`, at: run.ended_at, run, ended: true }]
      : []),
    { kind: 'run', id: run.id, at: run.started_at, run, ended: false },
  ]);

/**
 * One line from several lists, newest first. It ends where the first list is not loaded any further: what lies before
 * that moment could lack entries between others.
 */
export function woven(sources: readonly Source[]): Entry[] {
  const horizon = horizonOf(sources);
  return sources
    .flatMap(({ entries }) => entries)
    .filter(({ at }) => horizon === null || Date.parse(at) >= horizon)
    .sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
}

/** The lists that have to be loaded further so that the line goes on: those that end first. */
export function endingFirst<S extends Source>(sources: readonly S[]): S[] {
  const horizon = horizonOf(sources);
  return sources.filter(({ reached }) => reached !== null && Date.parse(reached) === horizon);
}

function horizonOf(sources: readonly Source[]): number | null {
  const ends = sources.flatMap(({ reached }) => (reached === null ? [] : [Date.parse(reached)]));
  return ends.length ? Math.max(...ends) : null;
}
