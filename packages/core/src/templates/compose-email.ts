import type { EmailPayload } from '../delivery/provider.js';
import type { RenderInput } from '../delivery/renderer.js';
import type { LinkTokens } from '../tracking/link-tokens.js';
import { linkIdOf, mapLinks } from './email-links.js';
import { footer } from './footer.js';
import { afterBodyStart, beforeBodyEnd, escapeHtml } from './html.js';
import { renderLiquid } from './liquid.js';
import type { Locality } from './local-formats.js';
import type { ParsedEmail } from './parsed.js';

/** What the whole mail is made from: the parsed variant, the scope of its Liquid, and the recipient's own way out. */
export interface EmailParts {
  email: ParsedEmail;
  input: RenderInput;
  scope: Record<string, unknown>;
  locality: Locality;
  unsubscribeUrl: string;
}

export interface ComposedEmail {
  payload: EmailPayload;
  links: { id: string; url: string }[];
}

/**
 * Renders the parts of a mail and adds what it needs beyond its words: the preheader, the footer and headers of
 * marketing mail (RFC 8058), links that count clicks, and the pixel that counts opens. Throws when a part fails.
 */
export function composeEmail(parts: EmailParts, tokens: LinkTokens): ComposedEmail {
  const { email, input, scope, locality, unsubscribeUrl } = parts;
  const subject = oneLine(renderLiquid(email.subject, scope, locality));
  if (subject === '') throw new Error('the subject is empty');
  const links = new Map<string, string>();
  const written = renderLiquid(email.html, scope, locality);
  let html = mapLinks(written, (url) => {
    if (!input.tracking.clicks || tokens.isOwn(url)) return url;
    const id = linkIdOf(url);
    links.set(id, url);
    return tokens.url('click', { orgId: input.orgId, messageId: input.messageId, linkId: id });
  });
  const preheader = email.preheader && oneLine(renderLiquid(email.preheader, scope, locality));
  if (preheader) html = afterBodyStart(html, hidden(preheader));
  const pixel = input.tracking.opens ? pixelOf(tokens, input) : '';
  html = beforeBodyEnd(html, footerOf(parts, written).html + pixel);
  const text = squeezed(renderLiquid(email.text, scope, locality));
  return {
    payload: {
      channel: 'email',
      ...addresses(input),
      subject,
      html,
      text: text + footerOf(parts, text).text,
      headers: input.class === 'marketing' ? oneClick(unsubscribeUrl) : {},
    },
    links: [...links].map(([id, url]) => ({ id, url })),
  };
}

const squeezed = (text: string): string => text.replace(/\n{3,}/g, '\n\n').trim();

/** By what was rendered, not by what the template says: its link may stand in a branch that was not taken. */
const footerOf = ({ email, input, locality, unsubscribeUrl }: EmailParts, rendered: string) =>
  input.class === 'marketing'
    ? footer({
        locale: locality.locale,
        organization: input.organization,
        unsubscribeUrl: rendered.includes(unsubscribeUrl) ? null : unsubscribeUrl,
        withAddress: !email.namesAddress,
      })
    : { html: '', text: '' };

const oneClick = (unsubscribeUrl: string): Record<string, string> => ({
  'List-Unsubscribe': `<${unsubscribeUrl}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
});

const filler = '&#847;&zwnj;&nbsp;'.repeat(60);

/** Fills the inbox's preview line, so that it does not run on into the body. */
const hidden = (preheader: string): string =>
  `<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">${escapeHtml(preheader)}${filler}</div>`;

const pixelOf = (tokens: LinkTokens, { orgId, messageId }: RenderInput): string =>
  `<img src="${tokens.url('open', { orgId, messageId })}" width="1" height="1" alt="" style="display:block;border:0;width:1px;height:1px">`;

function addresses({ sender, to, organization }: RenderInput): Pick<EmailPayload, 'from' | 'to' | 'replyTo'> {
  const address = textOf(sender.from_address);
  if (!address) throw new Error('the connection has no from_address: set the sender address in its settings');
  const replyTo = textOf(sender.reply_to);
  return {
    from: { address, name: oneLine(textOf(sender.from_name) ?? organization.name) },
    to: { address: to.address, ...(to.name ? { name: oneLine(to.name) } : {}) },
    ...(replyTo ? { replyTo } : {}),
  };
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Header values have no line breaks: whoever put one there wanted a header of their own. */
export const oneLine = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must go
  text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim();
