import type { ProtectedLiquid } from './protected-liquid.js';

const forbidden = new Set(['script', 'iframe', 'frame', 'object', 'embed', 'applet', 'base', 'form']);
const markup = /<!--[\s\S]*?-->|<\/?([a-z][a-z0-9:-]*)((?:"[^"]*"|'[^']*'|[^'">])*)>/gi;
const quoted = /"[^"]*"|'[^']*'/g;
const printing = /^\{\{|^\{%-?\s*(echo|cycle|increment|decrement|liquid)\b/;

/**
 * What a mail's HTML (its Liquid protected) must not do, as sentences: run anything, or put a value where escaping does not protect it. Values
 * may stand in text and inside quoted attributes; between attributes even an escaped value could become an attribute.
 */
export function htmlFaults(html: string, liquid: ProtectedLiquid): string[] {
  const faults = new Set<string>();
  for (const [, tag = '', inside = ''] of html.matchAll(markup)) {
    const name = tag.toLowerCase();
    if (forbidden.has(name)) faults.add(`<${name}> is not possible in a mail: remove it.`);
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
