/** Days of the calendar as `YYYY-MM-DD` and months as `YYYY-MM`: they are in no zone, and no clock changes in them. */

const day = 86_400_000;

const text = (at: number): string => new Date(at).toISOString().slice(0, 10);

export const addDays = (from: string, days: number): string => text(Date.parse(from) + days * day);

export function addMonths(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return text(Date.UTC(year, number - 1 + months, 1)).slice(0, 7);
}

export const mondayOf = (given: string): string => addDays(given, -((new Date(given).getUTCDay() + 6) % 7));

/** The seven days of the week that begins on this Monday. */
export const weekFrom = (monday: string): string[] =>
  Array.from({ length: 7 }, (_, later) => addDays(monday, later));

/** The weeks that a month touches, from Monday to Sunday. */
export function weeksOf(month: string): string[][] {
  const weeks: string[][] = [];
  const next = `${addMonths(month, 1)}-01`;
  for (let monday = mondayOf(`${month}-01`); monday < next; monday = addDays(monday, 7))
    weeks.push(weekFrom(monday));
  return weeks;
}

export const isDay = (given: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(given) && !Number.isNaN(Date.parse(given));
export const isMonth = (given: string): boolean => /^\d{4}-\d\d$/.test(given) && isDay(`${given}-01`);
