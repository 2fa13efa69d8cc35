/** What the clock of a zone shows at an instant, as inputs of type datetime-local hold it: 2026-05-01T09:00. */
export function clockTimeOf(instant: string | Date, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(new Date(instant));
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}`;
}

/** The instant at which the clock of a zone shows this; where clocks jump over it, the one an hour later. */
export function instantOf(clockTime: string, zone: string): string {
  const meant = Date.parse(`${clockTime}Z`);
  const away = (at: number) => Date.parse(`${clockTimeOf(new Date(at), zone)}Z`) - at;
  const near = meant - away(meant);
  return new Date(meant - away(near)).toISOString();
}
