const dayMs = 24 * 3_600_000;

/** Milliseconds that a zone is ahead of UTC at a moment. */
function offsetAt(moment: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(moment);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return local - Math.floor(moment / 1_000) * 1_000;
}

/**
 * The instant that a date parameter means, in ISO 8601 with an offset. n8n's date picker gives a local time without one: it
 * is read in `zone`, the workflow's: of an hour that a change of clocks repeats the first, of one that it leaves out an hour
 * later. Luxon's dates and those
 * of JavaScript are taken as they are; what is no date is left to Halyard to refuse.
 */
export function instantOf(given: unknown, zone: string): unknown {
  if (given instanceof Date) return given.toISOString();
  if (typeof given === 'object' && given !== null && 'toISO' in given && typeof given.toISO === 'function')
    return given.toISO();
  if (typeof given !== 'string') return given;
  const text = given.trim();
  const local = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2}(?:\.\d+)?)?)?$/.exec(text);
  if (!local) return text;
  const [, day, time = '00:00', seconds = ':00'] = local;
  const asIfUtc = Date.parse(`${day}T${time}${seconds}Z`);
  if (Number.isNaN(asIfUtc)) return text;
  const before = asIfUtc - offsetAt(asIfUtc - dayMs, zone);
  const after = asIfUtc - offsetAt(asIfUtc + dayMs, zone);
  const isRight = (moment: number): boolean => moment + offsetAt(moment, zone) === asIfUtc;
  return new Date([before, after].find(isRight) ?? before).toISOString();
}

/** The calendar day of a moment in a zone, such as 2026-05-01. */
export const dayOf = (moment: Date, zone: string): string =>
  new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(moment);
