import type { Received } from './payload';

export interface FoundLink {
  url: string;
  /** What stands on it. */
  text: string;
}

/** Every link that the recipient can follow, in the order in which they read. */
export function linksIn(received: Received): FoundLink[] {
  if (received.kind === 'mail') return linksInHtml(received.html);
  if (received.kind === 'template')
    return received.template.buttons.flatMap((value) => (isWeb(value) ? [{ url: value, text: value }] : []));
  return piecesOf(received.text).flatMap((piece) =>
    piece.url ? [{ url: piece.url, text: piece.text }] : [],
  );
}

function linksInHtml(html: string): FoundLink[] {
  const found = html.matchAll(/<a\b[^>]*?\shref\s*=\s*(["'])(.*?)\1[^>]*>([\s\S]*?)<\/a\s*>/gi);
  return [...found].flatMap(([, , href = '', inner = '']) => {
    const url = decoded(href);
    if (!isWeb(url)) return [];
    const alt = /\balt="([^"]+)"/i.exec(inner)?.[1] ?? '';
    const text = decoded(inner.replace(/<[^>]*>/g, ' '))
      .replace(/\s+/g, ' ')
      .trim();
    return [{ url, text: text || decoded(alt) || url }];
  });
}

export interface Piece {
  text: string;
  url: string | null;
}

/** A text cut at its web addresses, so that they can be pressed. */
export function piecesOf(text: string): Piece[] {
  return text
    .split(/(https?:\/\/[^\s<>]*[^\s<>.,;:!?)\]}'"])/)
    .flatMap((piece, n) => (piece ? [{ text: piece, url: n % 2 ? piece : null }] : []));
}

/** Looking at a mail here is no opening of it: the pixel that would count one is left out. */
export const withoutPixel = (html: string): string =>
  html.replace(/<img\b[^>]*\bsrc=["'][^"']*\/t\/o\/[^"']*["'][^>]*>/gi, '');

const isWeb = (url: string): boolean => /^https?:\/\//i.test(url);

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };
const decoded = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => entities[name] ?? '');
