import type { ProtectedLiquid } from './protected-liquid.js';

const forbidden = new Set(['script', 'iframe', 'frame', 'object', 'embed', 'applet', 'base', 'form']);
const tagStart = /<\/?([a-z][a-z0-9:-]*)/giy;
const tagRest = /((?:"[^"]*"|'[^']*'|[^'">])*)>/y;
const quoted = /"[^"]*"|'[^']*'/g;
const printing = /^\{\{|^\{%-?\s*(echo|cycle|increment|decrement|liquid)\b/;

/**
 * What a mail's HTML (its Liquid protected) must not do, as sentences: run anything, or put a value where escaping does
 * not protect it. Values may stand in text and inside quoted attributes; between attributes even an escaped value could
 * become an attribute.
 */
export function htmlFaults(html: string, liquid: ProtectedLiquid): string[] {
  const faults = new Set<string>();
  for (const { name, inside } of tagsOf(html)) {
    if (inside === null) {
      faults.add(`<${name}> is not closed: a quote or > is missing.`);
      continue;
    }
    if (forbidden.has(name)) faults.add(`<${name}> is not possible in a mail: remove it.`);
    if (inside.includes('<')) faults.add(`Write &lt; instead of < inside <${name}>.`);
    const bare = inside.replace(quoted, '""');
    if (/\son[a-z]+\s*=/i.test(bare)) faults.add(`<${name}> has an on… handler: mails run no scripts.`);
    if (name === 'meta' && /http-equiv\s*=\s*["']?refresh/i.test(inside))
      faults.add('<meta http-equiv="refresh"> is not possible in a mail: remove it.');
    for (const value of liquid.foundIn(bare))
      if (printing.test(value))
        faults.add(`${value} in <${name}> needs quotes around it: attribute="${value}".`);
  }
  return [...faults];
}

/**
 * The tags of a document, comments left out; `inside` is null for one that never ends, which is the last. Goes through
 * the text once, whatever it holds.
 */
function* tagsOf(html: string): Generator<{ name: string; inside: string | null }> {
  let at = html.indexOf('<');
  while (at !== -1) {
    if (html.startsWith('<!--', at)) {
      const end = html.indexOf('-->', at);
      if (end === -1) return;
      at = html.indexOf('<', end);
      continue;
    }
    tagStart.lastIndex = at;
    const name = tagStart.exec(html)?.[1]?.toLowerCase();
    if (name === undefined) {
      at = html.indexOf('<', at + 1);
      continue;
    }
    tagRest.lastIndex = tagStart.lastIndex;
    const inside = tagRest.exec(html)?.[1] ?? null;
    yield { name, inside };
    if (inside === null) return;
    at = html.indexOf('<', tagRest.lastIndex);
  }
}
