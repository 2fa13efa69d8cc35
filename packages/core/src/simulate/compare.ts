import type { Comparison, Difference } from '@halyard/contracts/simulate/result';
import { localIso } from '../time/format.js';
import { isZone } from '../time/zone.js';
import type { SimulatedMessage } from './simulated-message.js';
import type { SimulationState } from './state.js';

/** Differences that are listed; all are counted. */
const mostListed = 1_000;

/**
 * Who gains, loses or shifts which message when the second definition takes the place of the first. Messages are matched
 * by contact, subject and step id, the first of a step with the first.
 */
export function compare(before: SimulationState, after: SimulationState): Comparison {
  const old = sentByKey(before);
  const fresh = sentByKey(after);
  const differences: Difference[] = [];
  let unchanged = 0;
  for (const [key, message] of fresh) {
    const difference = differenceOf(before, old.get(key) ?? null, message);
    if (difference) differences.push(difference);
    else unchanged++;
  }
  for (const [key, message] of old)
    if (!fresh.has(key))
      differences.push(...[differenceOf(before, message, null)].filter((one) => one !== null));
  const steps = [...Map.groupBy(differences, ({ step }) => step)];
  return {
    unchanged,
    ...countsOf(differences),
    steps: steps.map(([step, theirs]) => ({ step, ...countsOf(theirs) })),
    differences: differences.sort((a, b) => (firstOf(a) < firstOf(b) ? -1 : 1)).slice(0, mostListed),
  };
}

function sentByKey(state: SimulationState): Map<string, SimulatedMessage> {
  const seen = new Map<string, number>();
  const keyed = new Map<string, SimulatedMessage>();
  for (const message of state.messages.values()) {
    if (!message.sentAt) continue;
    const { contactId, subject, origin } = message.written;
    const key = `${contactId} ${subject?.type} ${subject?.id} ${origin?.stepId}`;
    const n = seen.get(key) ?? 0;
    seen.set(key, n + 1);
    keyed.set(`${key} ${n}`, message);
  }
  return keyed;
}

function differenceOf(
  state: SimulationState,
  before: SimulatedMessage | null,
  after: SimulatedMessage | null,
): Difference | null {
  const one = after ?? before;
  if (!one?.written.contactId) return null;
  const moved = before?.sentAt?.getTime() !== after?.sentAt?.getTime();
  if (before && after && !moved && before.channel === after.channel) return null;
  const { contactId, subject, origin } = one.written;
  const own = state.contacts.get(contactId)?.facts.time_zone;
  const zone = isZone(own) ? own : state.start.organization.timeZone;
  return {
    change: !before ? 'gained' : !after ? 'lost' : 'shifted',
    contact_id: contactId,
    subject: subject ? { type: subject.type, id: subject.id } : null,
    step: origin?.stepId ?? '',
    before: sendingOf(before, zone),
    after: sendingOf(after, zone),
  };
}

const sendingOf = (message: SimulatedMessage | null, zone: string): Difference['before'] =>
  message?.sentAt
    ? {
        at: message.sentAt.toISOString(),
        local: localIso(message.sentAt, zone),
        channel: message.channel ?? '',
      }
    : null;

const firstOf = ({ before, after }: Difference): string => before?.at ?? after?.at ?? '';

const countsOf = (differences: readonly Difference[]) => ({
  gained: differences.filter(({ change }) => change === 'gained').length,
  lost: differences.filter(({ change }) => change === 'lost').length,
  shifted: differences.filter(({ change }) => change === 'shifted').length,
});
