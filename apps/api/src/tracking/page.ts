import { createHash } from 'node:crypto';
import { accentOn } from '@halyard/core/organizations/accent';
import type { Sender } from '@halyard/core/organizations/sender';
import { escapeHtml } from '@halyard/core/templates/html';
import type { FastifyReply } from 'fastify';

const paper = { light: '#ffffff', dark: '#1f2430' };

const style = `
:root{color-scheme:light dark;--ink:#1f2937;--soft:#4b5563;--paper:${paper.light};--ground:#f3f4f6;--line:#d1d5db;--accent:#0b5cad;--alert:#b42318}
@media (prefers-color-scheme:dark){:root{--ink:#f3f4f6;--soft:#b6bdc9;--paper:${paper.dark};--ground:#12151c;--line:#3d4453;--accent:#7db8ff;--alert:#ff9b90}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;grid-template-columns:minmax(0,1fr);place-items:center;padding:16px;background:var(--ground);color:var(--ink);
font:17px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{width:100%;max-width:30rem;overflow-wrap:anywhere;hyphens:auto;background:var(--paper);border:1px solid var(--line);border-radius:14px;padding:clamp(20px,5vw,36px)}
.logo{display:block;max-width:min(220px,100%);max-height:72px;margin:0 0 18px}
.from{margin:0 0 18px;color:var(--soft);font-size:15px}
h1{margin:0 0 12px;font-size:1.5rem;line-height:1.25}
p{margin:0 0 16px}
form{margin:0}
main form+.from{margin:18px 0 0}
main>:last-child{margin-bottom:0}
fieldset{min-width:0;border:0;padding:0;margin:0 0 20px}
legend{padding:0;margin-bottom:8px;font-weight:600}
label{display:flex;gap:12px;align-items:center;min-height:48px;padding:8px 0;border-top:1px solid var(--line)}
label:not(:has([type=checkbox])){display:block;padding:0 0 16px;border:0;font-weight:600}
input:not([type=checkbox]){display:block;width:100%;min-height:48px;margin-top:6px;padding:10px 12px;font:inherit;color:inherit;
background:var(--paper);border:1px solid var(--soft);border-radius:10px}
input[type=checkbox]{margin:0;width:22px;height:22px;flex:none;accent-color:var(--accent)}
button{font:inherit;font-weight:600;width:100%;min-height:48px;padding:10px 16px;border-radius:10px;cursor:pointer;
border:1px solid var(--accent);background:var(--accent);color:var(--paper)}
button.quiet{margin-top:12px;background:transparent;color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:3px}
.done{padding:12px 14px;border:1px solid var(--line);border-left:4px solid var(--accent);border-radius:8px}
.done[role=alert]{border-left-color:var(--alert)}
`;

/** No script, nothing from anywhere else, in no frame; forms only to ourselves. */
const policyFor = (styles: readonly string[]): string =>
  `default-src 'none'; style-src ${styles.map(hashOf).join(' ')}; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The organization's colour, on light paper and on dark. */
const accentStyle = (color: string): string =>
  `:root{--accent:${accentOn(paper.light, color)}}@media (prefers-color-scheme:dark){:root{--accent:${accentOn(paper.dark, color)}}}`;

export interface Page {
  lang: string;
  title: string;
  /** In whose name the page speaks; null when nobody knows. */
  from: Pick<Sender, 'name' | 'look'> | null;
  /** Trusted HTML: whatever comes from data must have been escaped. */
  body: string;
}

/** Answers with a page for recipients: no cache, no index, no referrer that would pass the token on. */
export function sendPage(reply: FastifyReply, status: number, { lang, title, from, body }: Page): void {
  const styles = from?.look.brand_color ? [style, accentStyle(from.look.brand_color)] : [style];
  void reply
    .status(status)
    .headers({
      'content-security-policy': policyFor(styles),
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex, nofollow',
    })
    .send(`<!doctype html>
<html lang="${escapeHtml(lang)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(from === null ? title : `${title} – ${from.name}`)}</title>
${styles.map((text) => `<style>${text}</style>`).join('\n')}
</head>
<body><main>${from ? nameOf(from) : ''}<h1>${escapeHtml(title)}</h1>${body}</main></body>
</html>
`);
}

const nameOf = ({ name, look }: NonNullable<Page['from']>): string =>
  look.logo
    ? `<img class="logo" src="${escapeHtml(look.logo)}" alt="${escapeHtml(name)}">`
    : `<p class="from">${escapeHtml(name)}</p>`;
