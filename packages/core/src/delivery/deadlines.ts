import { addDuration } from '../time/arithmetic.js';

const known = new Map<string, number>();
const remembered = 2_000;

/**
 * `addDuration`, remembered: the messages of a blast ask for the same moment again and again, and calendar arithmetic
 * costs 15 µs each time, three times per message.
 */
export function momentAfter(at: Date, duration: string, zone: string): Date {
  const key = `${at.getTime()} ${duration} ${zone}`;
  let moment = known.get(key);
  if (moment === undefined) {
    moment = addDuration(at, duration, zone).getTime();
    if (known.size >= remembered) known.clear();
    known.set(key, moment);
  }
  return new Date(moment);
}
