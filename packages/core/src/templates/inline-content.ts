import sanitize from 'sanitize-html';
import type { Issue } from '../domain-error.js';
import type { InlineContent } from '../messages/message.js';
import type { CompiledEmail, CompiledText } from './compiled.js';
import { asDocument, escapeHtml, htmlToText } from './html.js';
import { isFault, parseLiquid } from './liquid.js';
import { protectLiquid } from './protected-liquid.js';

const looksLikeHtml = /<\/?(p|br|div|a|b|strong|i|em|u|ul|ol|li|h[1-6]|table|img|span|blockquote)\b[^<>]*>/i;

/** What simple HTML may hold: no scripts, styles, forms or frames, and only addresses that a mail may link to. */
const allowed: sanitize.IOptions = {
  allowedTags: [
    ...[
      'p',
      'br',
      'div',
      'span',
      'a',
      'b',
      'strong',
      'i',
      'em',
      'u',
      's',
      'small',
      'blockquote',
      'hr',
      'img',
    ],
    ...['ul', 'ol', 'li', 'h1', 'h2', 'h3', 'h4', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'pre', 'code'],
  ],
  allowedAttributes: { a: ['href', 'title'], img: ['src', 'alt', 'width', 'height'] },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  disallowedTagsMode: 'discard',
};

/** A message's own content as an email: text becomes paragraphs with its addresses linked, HTML is reduced to what is harmless. */
export function inlineEmail({ subject, body }: InlineContent, locale: string): CompiledEmail {
  const liquid = protectLiquid(body);
  const isHtml = looksLikeHtml.test(liquid.text);
  const html = isHtml ? sanitize(liquid.text, allowed) : paragraphs(liquid.text);
  const text = isHtml ? liquid.restore(htmlToText(html)) : body;
  return {
    kind: 'email',
    subject: subject?.trim() ? subject : liquid.restore(firstLine(isHtml ? htmlToText(html) : liquid.text)),
    preheader: null,
    html: asDocument(liquid.restore(html), locale),
    text,
    links_unsubscribe: /\{\{[^{}]*\bunsubscribeUrl\b/.test(body),
    names_address: false,
  };
}

/** A message's own content on a channel of plain text. */
export function inlineText({ body }: InlineContent): CompiledText {
  const liquid = protectLiquid(body);
  return {
    kind: 'text',
    text: looksLikeHtml.test(liquid.text) ? liquid.restore(htmlToText(sanitize(liquid.text, allowed))) : body,
  };
}

/** What is wrong with content before it is taken: Liquid that does not parse would only be found at sending. `path`: of the content. */
export function inlineIssues(content: InlineContent, path?: string): Issue[] {
  return (['subject', 'body'] as const).flatMap((field) => {
    const parsed = parseLiquid(content[field] ?? '', 'text');
    return isFault(parsed)
      ? [{ path: path ? `${path}.${field}` : field, message: `Line ${parsed.line}: ${parsed.message}.` }]
      : [];
  });
}

const address = /\bhttps?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]]/g;

const paragraphs = (text: string): string =>
  text
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) => `<p>${linked(paragraph).replace(/\r?\n/g, '<br>\n')}</p>`)
    .join('\n');

function linked(text: string): string {
  let html = '';
  let at = 0;
  for (const match of text.matchAll(address)) {
    const url = escapeHtml(match[0]);
    html += `${escapeHtml(text.slice(at, match.index))}<a href="${url}">${url}</a>`;
    at = match.index + match[0].length;
  }
  return html + escapeHtml(text.slice(at));
}

/** Stands in for a subject; cut between words, never inside a protected one. */
function firstLine(text: string): string {
  const line = text.trim().split('\n')[0] ?? '';
  return line.length <= 120 ? line : line.slice(0, Math.max(line.lastIndexOf(' ', 120), 0)) || line;
}
