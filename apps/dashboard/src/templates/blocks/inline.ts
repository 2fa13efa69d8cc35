import { escaped, liquidPiece, mapPlain } from './liquid-pieces';

/** What stands in a line of text. A text may hold Liquid; a break is a new line in the same paragraph. */
export type Inline =
  | { kind: 'words'; text: string }
  | { kind: 'break' }
  | { kind: 'bold'; within: Inline[] }
  | { kind: 'link'; within: Inline[]; href: string };

const token = new RegExp(String.raw`${liquidPiece}|\\[\\*[\]-]|\*\*|[\s\S]`, 'gu');
const address = new RegExp(String.raw`\(((?:${liquidPiece}|\\[\\()]|(?!\{[{%])[^)\\\n]|\\)*)\)`, 'uy');

/**
 * Reads `**bold**`, `[words](address)` and lines. What is not closed is text as it stands; a backslash takes the
 * meaning from the sign behind it.
 */
export function parseInline(markup: string): Inline[] {
  const tokens = [...markup.matchAll(token)].map(({ 0: text, index }) => ({ text, index }));
  return asLines(new InlineParser(markup, tokens).until(null, { bold: false, link: false }) ?? []);
}

class InlineParser {
  #at = 0;

  constructor(
    private readonly markup: string,
    private readonly tokens: readonly { text: string; index: number }[],
  ) {}

  /** What comes before `end`, which is passed; null when it does not come, and then nothing is passed. */
  until(end: string | null, open: { bold: boolean; link: boolean }): Inline[] | null {
    const began = this.#at;
    const found: Inline[] = [];
    for (let next = this.tokens[this.#at]; next; next = this.tokens[this.#at]) {
      this.#at += 1;
      if (next.text === end) return found;
      found.push(this.#one(next.text, open));
    }
    if (end === null) return found;
    this.#at = began;
    return null;
  }

  #one(text: string, open: { bold: boolean; link: boolean }): Inline {
    if (text === '\n') return { kind: 'break' };
    if (text === '**' && !open.bold) {
      const within = this.until('**', { ...open, bold: true });
      if (within) return { kind: 'bold', within };
    }
    if (text === '[' && !open.link) {
      const link = this.#link(open);
      if (link) return link;
    }
    return { kind: 'words', text: /^\\./.test(text) ? text.slice(1) : text };
  }

  #link(open: { bold: boolean; link: boolean }): Inline | null {
    const began = this.#at;
    const within = this.until(']', { ...open, link: true });
    address.lastIndex = this.tokens[this.#at]?.index ?? this.markup.length;
    const match = within && address.exec(this.markup);
    if (!match) {
      this.#at = began;
      return null;
    }
    const end = address.lastIndex;
    const after = this.tokens.findIndex(({ index }) => index >= end);
    this.#at = after === -1 ? this.tokens.length : after;
    return {
      kind: 'link',
      within,
      href: mapPlain(match[1] ?? '', (plain) => plain.replace(/\\([\\()])/g, '$1')),
    };
  }
}

/** What browsers would show of these: neighbouring words as one, with single spaces, and none at the ends of lines. */
export function asLines(nodes: readonly Inline[]): Inline[] {
  const lines = merged(nodes);
  return lines.flatMap<Inline>((node, at) => {
    if (node.kind !== 'words') return [node];
    const before = lines[at - 1]?.kind ?? 'break';
    const after = lines[at + 1]?.kind ?? 'break';
    let { text } = node;
    if (before === 'break') text = text.replace(/^ +/, '');
    if (after === 'break') text = text.replace(/ +$/, '');
    return text ? [{ kind: 'words', text }] : [];
  });
}

function merged(nodes: readonly Inline[]): Inline[] {
  const found: Inline[] = [];
  for (const node of nodes) {
    const last = found.at(-1);
    if (node.kind === 'words' && last?.kind === 'words')
      found[found.length - 1] = { kind: 'words', text: last.text + node.text };
    else found.push('within' in node ? { ...node, within: merged(node.within) } : node);
  }
  return found.map((node) => (node.kind === 'words' ? { ...node, text: singleSpaced(node.text) } : node));
}

const singleSpaced = (text: string): string => mapPlain(text, (plain) => plain.replace(/[ \t\r\n\f]+/g, ' '));

/** As markup. `guarded`: with a backslash before every sign that could mean something. */
export const writeInline = (nodes: readonly Inline[], guarded: boolean): string =>
  nodes.map((node) => writeNode(node, guarded)).join('');

function writeNode(node: Inline, guarded: boolean): string {
  switch (node.kind) {
    case 'words':
      return guarded ? guard(node.text) : node.text;
    case 'break':
      return '\n';
    case 'bold':
      return `**${writeInline(node.within, guarded)}**`;
    case 'link':
      return `[${writeInline(node.within, guarded)}](${mapPlain(node.href, (plain) => plain.replace(/[\\()]/g, '\\$&'))})`;
  }
}

const guard = (text: string): string => mapPlain(text, (plain) => plain.replace(/[\\*[\]]/g, '\\$&'));

/** As HTML. */
export const inlineHtml = (nodes: readonly Inline[]): string => nodes.map(htmlOf).join('');

function htmlOf(node: Inline): string {
  switch (node.kind) {
    case 'words':
      return escaped(node.text);
    case 'break':
      return '<br />';
    case 'bold':
      return `<strong>${inlineHtml(node.within)}</strong>`;
    case 'link':
      return `<a href="${escaped(node.href)}">${inlineHtml(node.within)}</a>`;
  }
}
