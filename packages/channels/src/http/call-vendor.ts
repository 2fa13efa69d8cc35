import type { OpenConnection, SendOutcome } from '@halyard/core/delivery/provider';
import type { Dispatcher } from 'undici';
import { request } from 'undici';
import { withoutSecrets } from '../without-secrets.js';

/**
 * What became of one HTTP call to a vendor.
 * - answered: a complete head came; `json` is undefined when the body (`text`) is none, or broke off.
 * - not_sent: no byte of the request left.  - ambiguous: bytes left, and nobody can tell what became of them.
 */
export type VendorAnswer =
  | { kind: 'answered'; status: number; retryAfterMs: number | null; text: string; json: unknown }
  | { kind: 'not_sent'; code: string; detail: string }
  | { kind: 'ambiguous'; code: string; detail: string };

export interface VendorCall {
  method: 'GET' | 'POST';
  url: string;
  headers: Record<string, string>;
  body?: unknown;
  /** The body as it is to be sent, where it was signed. */
  bytes?: string;
}

/** Makes one call. Never throws for what the network or the vendor does. */
export async function callVendor(
  dispatcher: Dispatcher,
  { method, url, headers, body, bytes }: VendorCall,
  signal: AbortSignal,
): Promise<VendorAnswer> {
  if (signal.aborted) return { kind: 'not_sent', code: 'aborted', detail: 'Stopped before it was sent.' };
  let head: Dispatcher.ResponseData;
  try {
    head = await request(url, {
      method,
      dispatcher,
      signal,
      headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
      body: bytes ?? (body === undefined ? null : JSON.stringify(body)),
    });
  } catch (error) {
    return failureOf(error);
  }
  const text = await head.body.text().catch(() => '');
  const retryAfterMs = retryAfter(head.headers['retry-after'], head.headers.date);
  return { kind: 'answered', status: head.statusCode, retryAfterMs, text, json: parseJson(text) };
}

/**
 * What every HTTP vendor has in common; null when the vendor's own rules decide. A 5xx is ambiguous: the vendor may have
 * taken the message before it failed.
 */
export function commonOutcome(answer: VendorAnswer, connection: OpenConnection): SendOutcome | null {
  switch (answer.kind) {
    case 'not_sent':
      return {
        kind: 'failed_before_send',
        code: answer.code,
        detail: withoutSecrets(answer.detail, connection.secrets),
      };
    case 'ambiguous':
      return {
        kind: 'unknown',
        code: answer.code,
        detail: withoutSecrets(answer.detail, connection.secrets),
      };
    case 'answered':
      if (answer.status === 429)
        return {
          kind: 'throttled',
          retryAfterMs: answer.retryAfterMs ?? 1_000,
          detail: 'Answered 429: too many requests.',
        };
      if (answer.status >= 500 || answer.status === 408)
        return { kind: 'unknown', code: `http_${answer.status}`, detail: `Answered ${answer.status}.` };
      return null;
  }
}

// The socket was never ready: names, routes, refusals, handshakes.
const beforeFirstByte = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EBLOCKED',
  'UND_ERR_CONNECT_TIMEOUT',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]);

function failureOf(error: unknown): VendorAnswer {
  const { name = 'Error', code, message = '' } = error as { name?: string; code?: unknown; message?: string };
  const label = typeof code === 'string' ? code : name;
  const detail = message || label;
  const before = beforeFirstByte.has(label) || /^(ERR_SSL_|ERR_TLS_|CERT_)/.test(label);
  return { kind: before ? 'not_sent' : 'ambiguous', code: label.toLowerCase(), detail };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const longestMs = 3_600_000;

/** RFC 9110, section 10.2.3: seconds, or a date, which is measured against the vendor's own clock. */
function retryAfter(
  value: string | string[] | undefined,
  date: string | string[] | undefined,
): number | null {
  const given = Array.isArray(value) ? value[0] : value;
  if (!given) return null;
  const milliseconds = /^\d+(\.\d+)?$/.test(given)
    ? Number(given) * 1_000
    : Date.parse(given) - Date.parse(String(date));
  return Number.isFinite(milliseconds) ? Math.min(longestMs, Math.max(0, milliseconds)) : null;
}
