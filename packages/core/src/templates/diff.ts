import type { TextDiff } from '@halyard/contracts/templates/routes';
import { diffLines } from 'diff';

/** Every text of two contents that differs, line by line; a text that only one has is added or removed as a whole. */
export function diffContents(from: unknown, to: unknown): TextDiff[] {
  const before = textsOf(from);
  const after = textsOf(to);
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths
    .filter((path) => before.get(path) !== after.get(path))
    .map((path) => ({ path, lines: linesOf(before.get(path) ?? '', after.get(path) ?? '') }));
}

/** The leaves of a content by their path, such as `locales.de.subject`. */
function textsOf(value: unknown, path = '', texts = new Map<string, string>()): Map<string, string> {
  if (typeof value === 'object' && value !== null)
    for (const [key, child] of Object.entries(value)) textsOf(child, path ? `${path}.${key}` : key, texts);
  else texts.set(path, String(value));
  return texts;
}

/** The time grows with the square of what differs: 8,000 lines took ten seconds. Beyond this one text replaces the other. */
const mostChanges = 1_000;

function linesOf(before: string, after: string): TextDiff['lines'] {
  const parts = diffLines(before, after, { maxEditLength: mostChanges });
  if (!parts) return [...linesAs('removed', before), ...linesAs('added', after)];
  return parts.flatMap(({ added, removed, value }) =>
    linesAs(added ? 'added' : removed ? 'removed' : 'same', value),
  );
}

const linesAs = (change: TextDiff['lines'][number]['change'], text: string): TextDiff['lines'] =>
  text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => ({ change, text: line }));
