import { compile } from 'html-to-text';

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (char) => entities[char] ?? char);

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The value of an attribute as a reader of the HTML gets it. */
export const decodeAttribute = (value: string): string =>
  value.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(amp|lt|gt|quot|apos));/gi, (whole, hex, decimal, name) => {
    if (name) return named[name.toLowerCase()] ?? whole;
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });

const toText = compile({
  wordwrap: false,
  selectors: [
    { selector: 'img', format: 'skip' },
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, linkBrackets: ['(', ')'] } },
    ...['h1', 'h2', 'h3', 'h4'].map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: 'td', format: 'block' },
  ],
});

/** The plain text of an HTML document, links in brackets after their words. */
export const htmlToText = (html: string): string =>
  toText(html)
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

/** Makes a fragment a whole document; what is one already stays as it is. */
export const asDocument = (html: string, lang: string): string =>
  /<html[\s>]/i.test(html)
    ? html
    : `<!doctype html>
<html lang="${escapeHtml(lang)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title></title></head>
<body style="margin:0;padding:24px;font:16px/1.5 -apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif">
<div style="max-width:600px;margin:0 auto">
${html}
</div></body></html>`;

const bodyStart = /<body\b[^<>]*>/i;

/** Puts HTML right after <body>. */
export const afterBodyStart = (document: string, html: string): string => {
  const match = bodyStart.exec(document);
  if (!match) return html + document;
  const at = match.index + match[0].length;
  return document.slice(0, at) + html + document.slice(at);
};

/** Puts HTML right before </body>. */
export const beforeBodyEnd = (document: string, html: string): string => {
  const at = document.lastIndexOf('</body');
  return at === -1 ? document + html : document.slice(0, at) + html + document.slice(at);
};
