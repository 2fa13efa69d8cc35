import { createHash } from 'node:crypto';

/** What people look for first, and what is longest last; all else by name. */
const first = [
  'id',
  'key',
  'channel',
  'name',
  'description',
  'type',
  'for',
  'field',
  'op',
  'value',
  'when',
  'trigger',
];
const last = ['next', 'steps', 'content'];

/** Anything as JSON in which the same is always written the same, whatever order its keys came in. */
export const written = (value: unknown): string => `${JSON.stringify(inOrder(value), null, 2)}\n`;

export const hashOf = (value: unknown): string => createHash('sha256').update(written(value)).digest('hex');

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const names = Object.keys(value).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return Object.fromEntries(names.map((name) => [name, inOrder((value as Record<string, unknown>)[name])]));
}

function rank(name: string): number {
  const place = first.indexOf(name);
  return place >= 0 ? place : first.length + 1 + last.indexOf(name);
}
