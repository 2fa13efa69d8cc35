/**
 * Clocks of a time zone, without a library: what a date field holds, `2026-05-01T09:00`, is a time on the clock of a
 * zone, and the API wants an instant.
 */

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  // Swedish dates are written as ISO 8601 has them.
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  clocks.set(timeZone, clock);
  return clock;
}

/** What the clock of the zone shows at an instant, as `YYYY-MM-DDTHH:MM`. */
export const localOf = (instant: string | number, timeZone: string): string =>
  wallOf(new Date(instant).getTime(), timeZone).slice(0, 16);

/** The day on the calendar of the zone, as `YYYY-MM-DD`. */
export const dayOf = (instant: string | number, timeZone: string): string =>
  localOf(instant, timeZone).slice(0, 10);

/**
 * The instant at which the clock of the zone shows `local`, in UTC; null when that is no time. Of an hour that the clock
 * goes through twice the first counts; in one that it leaps over, the time as long after the leap.
 */
export function instantOf(local: string, timeZone: string): string | null {
  const asUtc = Date.parse(`${local}Z`);
  if (Number.isNaN(asUtc)) return null;
  const offsets = [asUtc - day, asUtc + day].map((near) => offsetAt(near, timeZone));
  const candidates = offsets.map((offset) => asUtc - offset);
  const shown = candidates.filter((at) => at + offsetAt(at, timeZone) === asUtc);
  return new Date(shown.length ? Math.min(...shown) : asUtc - (offsets[0] ?? 0)).toISOString();
}

const day = 86_400_000;

/** How far the clock of the zone is ahead of UTC, in milliseconds. */
const offsetAt = (at: number, timeZone: string): number =>
  Date.parse(`${wallOf(at, timeZone)}Z`) - Math.floor(at / 1_000) * 1_000;

const wallOf = (at: number, timeZone: string): string =>
  clockOf(timeZone).format(new Date(at)).replace(' ', 'T');
