import { hash } from 'node:crypto';
import type { LinkId } from '../tracking/link-tokens.js';
import { decodeAttribute, escapeHtml } from './html.js';

/** The same target has the same id in an organization, so a blast stores its links once. */
export const linkIdOf = (url: string): LinkId =>
  hash('sha256', url, 'buffer').subarray(0, 12).toString('base64url');

// Values are escaped and htmlFaults refuses a `<` in a tag, so stopping at one loses no link, and takes linear time.
const anchor = /(<(?:a|area)\b[^<>]*?\shref\s*=\s*)(?:"([^"]*)"|'([^']*)')/gi;
const followable = /^(https?:\/\/|mailto:|tel:|sms:|#)/i;

/**
 * Passes every link of rendered HTML to `replace`, which answers the address to put there. What is no address that a mail
 * may link to (javascript:, data:, an empty variable) becomes `#`, whoever wrote it.
 */
export function mapLinks(html: string, replace: (url: string) => string): string {
  return html.replace(anchor, (whole, before: string, double?: string, single?: string) => {
    const url = decodeAttribute(double ?? single ?? '').trim();
    if (!followable.test(url)) return `${before}"#"`;
    const target = /^https?:/i.test(url) ? replace(url) : url;
    return target === url ? whole : `${before}"${escapeHtml(target)}"`;
  });
}
