import dns from 'node:dns/promises';
import { isIP } from 'node:net';
import type { UrlCheck } from '@halyard/core/outbox/endpoints';
import { isPublicAddress } from './public-address.js';

/**
 * Tells about an address that may not be called when it is entered, so that nobody waits for webhooks that never leave.
 * It protects from nothing: the agent checks again what it connects to. A name that does not exist yet is let through.
 */
export class PublicUrlCheck implements UrlCheck {
  constructor(
    private readonly allowPrivate: boolean,
    private readonly resolve: (host: string) => Promise<{ address: string }[]> = (host) =>
      dns.lookup(host, { all: true }),
  ) {}

  async problemWith(given: string): Promise<string | null> {
    const url = URL.parse(given);
    if (!url || !/^https?:$/.test(url.protocol)) return 'Use an http or https URL.';
    if (url.username || url.password)
      return 'Leave user and password out of the URL: signatures prove who calls.';
    if (this.allowPrivate) return null;
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const addresses = isIP(host) ? [{ address: host }] : await this.resolve(host).catch(() => []);
    return addresses.every(({ address }) => isPublicAddress(address))
      ? null
      : 'This address is not on the public internet. Use a public one, or set HALYARD_ALLOW_PRIVATE_ADDRESSES while developing.';
  }
}
