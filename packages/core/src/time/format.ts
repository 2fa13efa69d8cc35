import { offsetAt } from './zone.js';

/** What the zone's clocks show, with their offset: 2026-05-01T09:00:00+02:00. */
export function localIso(at: Date, zone: string): string {
  const offset = offsetAt(at, zone);
  const minutes = Math.abs(offset) / 60_000;
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
  const local = new Date(at.getTime() + offset).toISOString().slice(0, 19);
  return `${local}${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}
