/**
 * The scale of a plan. The booking is a band of fixed width; on both sides of it time grows with its logarithm: hours
 * near the booking take the room that months do further out, so that a reminder two hours before the start and an
 * invitation eleven months after the end are both where they belong, on one line.
 */

const hour = 3_600_000;
const day = 24 * hour;

/** Where the line has a mark, by its distance from the booking. */
const marks = [
  { name: 'hour', distance: hour },
  { name: 'day', distance: day },
  { name: 'week', distance: 7 * day },
  { name: 'month', distance: 30 * day },
  { name: 'year', distance: 365 * day },
] as const;

export interface Mark {
  name: (typeof marks)[number]['name'];
  side: 'before' | 'after';
  /** Of the whole width. */
  at: number;
}

export interface Scale {
  /** From 0 at the left end to 1 at the right. */
  of: (instant: number) => number;
  band: { from: number; to: number };
  marks: Mark[];
}

const stretched = (distance: number): number => Math.log1p(distance / hour);
const leastOnASide = stretched(2 * day);
/** Beyond the outermost moment, so that it does not stand on the edge. */
const margin = 0.4;

interface Around {
  start: number;
  end: number;
  /** All that is drawn. */
  moments: readonly number[];
  /** How much of the whole width the booking takes. */
  share: number;
}

/** All instants are in milliseconds. */
export function scaleOf({ start, end, moments, share }: Around): Scale {
  const before = reach(moments.map((moment) => start - moment));
  const after = reach(moments.map((moment) => moment - end));
  const unit = (1 - share) / (before + after);
  const band = { from: before * unit, to: before * unit + share };
  const length = Math.max(end - start, 1);
  const of = (instant: number): number => {
    if (instant < start) return band.from - stretched(start - instant) * unit;
    if (instant > end) return band.to + stretched(instant - end) * unit;
    return band.from + (share * (instant - start)) / length;
  };
  const marked = (['before', 'after'] as const).flatMap((side) =>
    marks
      .map(({ name, distance }) => ({
        name,
        side,
        at: side === 'before' ? of(start - distance) : of(end + distance),
      }))
      .filter(({ at }) => at >= 0 && at <= 1),
  );
  return { of, band, marks: marked };
}

const reach = (distances: readonly number[]): number =>
  Math.max(leastOnASide, ...distances.filter((distance) => distance > 0).map(stretched)) + margin;
