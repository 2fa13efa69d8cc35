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

function linesOf(before: string, after: string): TextDiff['lines'] {
  return diffLines(before, after).flatMap((part) => {
    const change = part.added ? 'added' : part.removed ? 'removed' : 'same';
    return part.value
      .replace(/\n$/, '')
      .split('\n')
      .map((text) => ({ change, text }) as const);
  });
}
