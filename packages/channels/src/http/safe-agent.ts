import dns from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isIP } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { isPublicAddress } from './public-address.js';

/** An outgoing request was refused because its address is not one of the public internet. No byte was sent. */
export class BlockedAddressError extends Error {
  readonly code = 'EBLOCKED';
  override readonly name = 'BlockedAddressError';
  constructor(host: string) {
    super(`${host} is, or resolves to, an address that is not on the public internet.`);
  }
}

export interface SafeAgentOptions {
  /** Development only: lets requests reach this machine and private networks. */
  allowPrivate: boolean;
  /** Sockets per origin. */
  connections?: number;
  connectTimeoutMs?: number;
  /** Until the answer's head, and between parts of its body. Give requests a signal to cap the whole. */
  timeoutMs?: number;
  maxResponseBytes?: number;
  /** How names become addresses; another one for tests. */
  lookup?: LookupFunction;
}

/**
 * An HTTP agent for addresses that users give. The address is checked when the socket is opened, on the very address
 * that is connected to, so a name that changes its mind between check and use (DNS rebinding) gains nothing. Literal
 * addresses never pass a lookup and are checked by themselves. Redirects are not followed: undici's `request` returns them.
 */
export function safeAgent({
  allowPrivate,
  connections = 10,
  connectTimeoutMs = 5_000,
  timeoutMs = 15_000,
  maxResponseBytes = 64 * 1024,
  lookup = dns.lookup as LookupFunction,
}: SafeAgentOptions): Agent {
  const connect = buildConnector({
    timeout: connectTimeoutMs,
    allowH2: false,
    lookup: allowPrivate ? lookup : checkedLookup(lookup),
  });
  return new Agent({
    connections,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxResponseSize: maxResponseBytes,
    connect(options, callback) {
      const host = options.hostname.replace(/^\[|\]$/g, '');
      if (!allowPrivate && isIP(host) && !isPublicAddress(host))
        return callback(new BlockedAddressError(host), null);
      return connect(options, callback);
    },
  });
}

/** Refuses a name when any of its addresses is not public: the socket may try each of them. */
const checkedLookup =
  (lookup: LookupFunction): LookupFunction =>
  (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '', 0);
      const addresses = Array.isArray(found) ? found : [];
      const [first] = addresses;
      if (!first || addresses.some(({ address }) => !isPublicAddress(address)))
        return callback(new BlockedAddressError(hostname), '', 0);
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };
