import { addDays, addMonths, isDay, isMonth, mondayOf, weekFrom, weeksOf } from './days';

/** What a calendar shows: the weeks of a month, or one week. */
export interface Period {
  kind: 'month' | 'week';
  weeks: string[][];
  /** The month, or the Monday. */
  at: string;
  earlier: string;
  later: string;
}

/** By what the address says; the present month when it says nothing that is one. */
export function periodOf(month: string, week: string, today: string): Period {
  if (isDay(week)) {
    const at = mondayOf(week);
    return { kind: 'week', weeks: [weekFrom(at)], at, earlier: addDays(at, -7), later: addDays(at, 7) };
  }
  const at = isMonth(month) ? month : today.slice(0, 7);
  return { kind: 'month', weeks: weeksOf(at), at, earlier: addMonths(at, -1), later: addMonths(at, 1) };
}
