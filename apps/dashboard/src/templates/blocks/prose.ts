import type { Inline } from './inline';
import { asLines, inlineHtml, parseInline, writeInline } from './inline';
import { liquidPiece } from './liquid-pieces';

/** What a text consists of, from top to bottom. A tag is Liquid that stands around paragraphs: `{% if … %}`. */
export type Piece =
  | { kind: 'paragraph'; lines: Inline[] }
  | { kind: 'list'; items: Inline[][] }
  | { kind: 'tag'; tag: string };

const pieceOfLiquid = new RegExp(liquidPiece, 'g');
const onlyTags = /^(?:\{%(?:(?!\{%)[\s\S])*?%\}\s*)+$/;

/**
 * Reads paragraphs with empty lines between them, lists of lines that begin with `- `, and tags of Liquid that have a
 * line for themselves.
 */
export function parseProse(markup: string): Piece[] {
  const pieces: Piece[] = [];
  let open: string[] = [];
  const close = () => {
    const lines = parseInline(open.join('\n'));
    if (lines.length) pieces.push({ kind: 'paragraph', lines });
    open = [];
  };
  for (const line of linesOf(markup)) {
    const last = pieces.at(-1);
    if (line === '') close();
    else if (onlyTags.test(line)) {
      close();
      for (const [tag] of line.matchAll(pieceOfLiquid)) pieces.push({ kind: 'tag', tag });
    } else if (line.startsWith('- ')) {
      const items = [parseInline(line.slice(2))];
      if (open.length === 0 && last?.kind === 'list') last.items.push(...items);
      else {
        close();
        pieces.push({ kind: 'list', items });
      }
    } else open.push(line);
  }
  close();
  return pieces;
}

const breaks = new RegExp(String.raw`${liquidPiece}|\n`, 'g');

/** The lines without the spaces around them; a break within a piece of Liquid is none. */
function linesOf(markup: string): string[] {
  const lines: string[] = [];
  let from = 0;
  for (const { 0: match, index } of markup.matchAll(breaks)) {
    if (match !== '\n') continue;
    lines.push(markup.slice(from, index));
    from = index + 1;
  }
  return [...lines, markup.slice(from)].map((line) => line.replace(/^[ \t\r\f]+|[ \t\r\f]+$/g, ''));
}

/** As markup that reads back the same, with as few backslashes as possible; null when there is none. */
export function writeProse(pieces: readonly Piece[]): string | null {
  for (const guarded of [false, true]) {
    const markup = written(pieces, guarded);
    if (same(parseProse(markup), pieces)) return markup;
  }
  return null;
}

function written(pieces: readonly Piece[], guarded: boolean): string {
  let markup = '';
  pieces.forEach((piece, at) => {
    const before = pieces[at - 1];
    if (before) markup += isOpening(before) || isClosing(piece) ? '\n' : '\n\n';
    markup += writtenPiece(piece, guarded);
  });
  return markup;
}

const isOpening = (piece: Piece): boolean => piece.kind === 'tag' && !/^\{%-?\s*end/.test(piece.tag);
const isClosing = (piece: Piece): boolean =>
  piece.kind === 'tag' && /^\{%-?\s*(end|els|when)/.test(piece.tag);

function writtenPiece(piece: Piece, guarded: boolean): string {
  switch (piece.kind) {
    case 'tag':
      return piece.tag;
    case 'list':
      return piece.items.map((item) => `- ${writeInline(item, guarded)}`).join('\n');
    case 'paragraph':
      return writeInline(piece.lines, guarded).replace(guarded ? /^(?=- )/gm : /(?!)/, '\\');
  }
}

/** As HTML, a line for each piece. */
export const proseHtml = (pieces: readonly Piece[]): string[] => pieces.map(htmlOf);

function htmlOf(piece: Piece): string {
  switch (piece.kind) {
    case 'tag':
      return piece.tag;
    case 'list':
      return `<ul>${piece.items.map((item) => `<li>${inlineHtml(item)}</li>`).join('')}</ul>`;
    case 'paragraph':
      return `<p>${inlineHtml(piece.lines)}</p>`;
  }
}

/** Lines in a paragraph or heading as markup that reads back the same; null when there is none. */
export function writeLines(lines: readonly Inline[]): string | null {
  for (const guarded of [false, true]) {
    const markup = writeInline(lines, guarded);
    if (same(parseInline(markup), lines)) return markup;
  }
  return null;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Lines as they are read from HTML. */
export const linesFrom = asLines;
