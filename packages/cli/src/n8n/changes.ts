import { written } from '../flows/written.js';
import type { NormalForm } from './normal-form.js';

/** What differs between two forms of a workflow, a line each: `-` only before, `+` only after, `~` other. */
export function changesBetween(before: NormalForm, after: NormalForm): string[] {
  return changes('', before, after);
}

function changes(path: string, before: unknown, after: unknown): string[] {
  if (written(before) === written(after)) return [];
  if (before === undefined) return [`+ ${path}: ${short(after)}`];
  if (after === undefined) return [`- ${path}: ${short(before)}`];
  if (path.endsWith(' position')) return [`~ ${path.slice(0, -' position'.length)} stands elsewhere`];
  if (!isObject(before) || !isObject(after)) return [`~ ${path}: ${short(before)} → ${short(after)}`];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((name) => changes(path ? `${path} ${name}` : name, before[name], after[name]));
}

function short(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 157)}…` : text;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
