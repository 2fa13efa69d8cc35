import { liquidPiece, unescaped } from './liquid-pieces';

export type MjmlToken =
  | { kind: 'open'; name: string; attributes: Record<string, string>; closed: boolean }
  | { kind: 'close'; name: string }
  | { kind: 'liquid'; text: string }
  | { kind: 'words'; text: string };

const value = String.raw`"(?:${liquidPiece}|(?!\{[{%])[^"<])*"`;
const token = new RegExp(
  [
    `(?<liquid>${liquidPiece})`,
    String.raw`<\/(?<closing>[a-z][a-z0-9-]*)\s*>`,
    String.raw`<(?<opening>[a-z][a-z0-9-]*)(?<attributes>(?:\s+[a-z-]+=${value})*)\s*(?<closed>\/?)>`,
    String.raw`(?<words>(?:(?!\{[{%])[^<])+)`,
  ].join('|'),
  'y',
);
const attribute = new RegExp(`(?<name>[a-z-]+)="(?<value>${value.slice(1, -1)})"`, 'g');

/** MJML in pieces; null for what is no such text: comments, attributes without quotes, Liquid between attributes. */
export function mjmlTokens(source: string): MjmlToken[] | null {
  const tokens: MjmlToken[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < source.length) {
    const found = tokenOf(token.exec(source)?.groups);
    if (!found) return null;
    tokens.push(found);
  }
  return tokens;
}

function tokenOf(groups: Record<string, string | undefined> | undefined): MjmlToken | null {
  if (!groups) return null;
  const { liquid, closing, opening, words } = groups;
  if (liquid !== undefined) return { kind: 'liquid', text: liquid };
  if (closing !== undefined) return { kind: 'close', name: closing };
  if (opening !== undefined) {
    const attributes = attributesOf(groups.attributes ?? '');
    return attributes && { kind: 'open', name: opening, attributes, closed: groups.closed === '/' };
  }
  const text = unescaped(words ?? '');
  return text === null ? null : { kind: 'words', text };
}

function attributesOf(source: string): Record<string, string> | null {
  const found: Record<string, string> = {};
  for (const { groups } of source.matchAll(attribute)) {
    const { name = '', value: raw = '' } = groups ?? {};
    const text = unescaped(raw);
    if (text === null || Object.hasOwn(found, name)) return null;
    found[name] = text;
  }
  return found;
}
