import type { z } from 'zod';

export interface InputIssue {
  path: string;
  message: string;
}

export type ReadInput =
  | { kind: 'read'; payload: Record<string, unknown> }
  | { kind: 'broken'; line: number | null }
  | { kind: 'wrong'; issues: InputIssue[] };

/** What a person typed, checked as far as it can be here; the API checks the rest. */
export function readInput(text: string, shape: z.ZodType): ReadInput {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    return { kind: 'broken', line: lineOf(text, error) };
  }
  const parsed = shape.safeParse(given);
  if (parsed.success) return { kind: 'read', payload: given as Record<string, unknown> };
  return {
    kind: 'wrong',
    issues: parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
  };
}

/** Engines say where a JSON text breaks by its line, or by how many characters come before. */
function lineOf(text: string, error: unknown): number | null {
  const said = error instanceof Error ? error.message : '';
  const line = /\bline (\d+)/.exec(said)?.[1];
  if (line) return Number(line);
  const position = /\bposition (\d+)/.exec(said)?.[1];
  return position ? text.slice(0, Number(position)).split('\n').length : null;
}

/** What the API found, by the paths of the input. */
export const issuesInPayload = (issues: Readonly<Record<string, string>>): InputIssue[] =>
  Object.entries(issues).map(([path, message]) => ({ path: path.replace(/^payload\./, ''), message }));
