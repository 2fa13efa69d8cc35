/** A piece of Liquid: `{{ output }}` or `{% tag %}`. Nothing in it is ours to read or to escape. */
export const liquidPiece = String.raw`\{\{(?:(?!\{\{)[\s\S])*?\}\}|\{%(?:(?!\{%)[\s\S])*?%\}`;

const pieces = new RegExp(liquidPiece, 'g');

/** Changes what stands between the pieces of Liquid. */
export function mapPlain(text: string, change: (plain: string) => string): string {
  let changed = '';
  let at = 0;
  for (const match of text.matchAll(pieces)) {
    changed += change(text.slice(at, match.index)) + match[0];
    at = match.index + match[0].length;
  }
  return changed + change(text.slice(at));
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for HTML, in text and in attributes alike; Liquid stays as it is. */
export const escaped = (text: string): string =>
  mapPlain(text, (plain) => plain.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign));

const signs: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** The reverse of `escaped`; null when there is an entity that it would not write. */
export function unescaped(html: string): string | null {
  let known = true;
  const text = mapPlain(html, (plain) =>
    plain.replace(/&(#\d+|#x[\da-f]+|\w+);/gi, (entity, name: string) => {
      if (signs[name]) return signs[name];
      known = false;
      return entity;
    }),
  );
  return known ? text : null;
}
