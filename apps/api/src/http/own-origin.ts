import type { RequestHeaders } from './caller.js';

/**
 * Whether a request was made by a page of ours. Browsers send Sec-Fetch-Site; older ones at least Origin with what
 * changes something; programs send neither. (OWASP Cross-Site Request Forgery Prevention, "Fetch Metadata".)
 */
export class OwnOrigin {
  readonly #public: string;

  constructor(publicUrl: string) {
    this.#public = new URL(publicUrl).origin;
  }

  siteOf(headers: RequestHeaders): 'own' | 'foreign' | 'unknown' {
    const site = headers['sec-fetch-site'];
    if (site !== undefined) return site === 'same-origin' || site === 'none' ? 'own' : 'foreign';
    const { origin, host } = headers;
    if (typeof origin !== 'string') return 'unknown';
    return origin === this.#public || (URL.canParse(origin) && new URL(origin).host === host)
      ? 'own'
      : 'foreign';
  }
}
