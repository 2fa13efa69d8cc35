import type { ResendSettings } from '@halyard/contracts/connections/provider-settings';
import type {
  InboundRequest,
  OpenConnection,
  Provider,
  ProviderReport,
  SendOutcome,
  SendRequest,
} from '@halyard/core/delivery/provider';
import type { Dispatcher } from 'undici';
import type { VendorAnswer } from '../http/call-vendor.js';
import { callVendor, commonOutcome } from '../http/call-vendor.js';
import { withoutSecrets } from '../without-secrets.js';
import { parseResendEvent, verifySvix } from './resend-events.js';
import { authorization, resendRequest } from './resend-request.js';

const hour = 3_600_000;

/** Resend's HTTP API (resend.com/docs/api-reference). It keeps idempotency keys for 24 hours. */
export class ResendProvider implements Provider {
  readonly name = 'resend';
  readonly channels = ['email'] as const;
  readonly onUnknown = { kind: 'retry_same_key', keyWindowMs: 24 * hour } as const;

  constructor(private readonly dispatcher: Dispatcher) {}

  async send(connection: OpenConnection, request: SendRequest, signal: AbortSignal): Promise<SendOutcome> {
    const answer = await callVendor(this.dispatcher, resendRequest(connection, request), signal);
    const outcome = (answer.kind === 'answered' && ownOutcome(answer)) || commonOutcome(answer, connection);
    if (outcome)
      return 'detail' in outcome
        ? { ...outcome, detail: withoutSecrets(outcome.detail, connection.secrets) }
        : outcome;
    return {
      kind: 'unknown',
      code: 'unreadable_answer',
      detail: 'Resend answered something that cannot be read.',
    };
  }

  async test(
    connection: OpenConnection,
    signal: AbortSignal,
  ): Promise<{ ok: true } | { ok: false; reason: string }> {
    const { base_url, from_address } = connection.settings as ResendSettings;
    const call = { method: 'GET', url: `${base_url}/domains`, headers: authorization(connection) } as const;
    const answer = await callVendor(this.dispatcher, call, signal);
    if (answer.kind !== 'answered')
      return {
        ok: false,
        reason: `Resend could not be reached: ${withoutSecrets(answer.detail, connection.secrets)}`,
      };
    // A key that may only send cannot list domains; it is a good key.
    if (errorName(answer.json) === 'restricted_api_key') return { ok: true };
    if (answer.status !== 200)
      return {
        ok: false,
        reason: `Resend refused the API key (${answer.status} ${errorName(answer.json)}).`,
      };
    return domainVerdict(answer.json, from_address);
  }

  async receive(connection: OpenConnection, request: InboundRequest): Promise<ProviderReport[] | null> {
    const secret = connection.secrets.webhook_secret;
    const id = secret ? verifySvix(secret, request) : null;
    return id === null ? null : parseResendEvent(id, request);
  }
}

/** resend.com/docs/api-reference/errors */
function ownOutcome({
  status,
  json,
  retryAfterMs,
}: Extract<VendorAnswer, { kind: 'answered' }>): SendOutcome | null {
  const name = errorName(json);
  const detail = `${status} ${name}: ${textOf(json, 'message') ?? ''}`;
  if (status >= 200 && status < 300) {
    const id = textOf(json, 'id');
    return id ? { kind: 'accepted', providerMessageId: id } : null;
  }
  if (name === 'daily_quota_exceeded' || name === 'monthly_quota_exceeded')
    return { kind: 'throttled', retryAfterMs: retryAfterMs ?? hour, detail };
  // The key is known: another try of this message is under way, or was taken with other bytes. Either way not a new one.
  if (status === 409) return { kind: 'unknown', code: name, detail };
  if (status === 401 || status === 403)
    return { kind: 'rejected', code: name, detail, pauseConnection: true };
  if (status >= 400 && status < 500 && status !== 429 && status !== 408)
    return { kind: 'rejected', code: name, detail, ...(/`to`/.test(detail) ? { invalidAddress: true } : {}) };
  return null;
}

function domainVerdict(json: unknown, from: string): { ok: true } | { ok: false; reason: string } {
  const domain = from.split('@')[1]?.toLowerCase() ?? '';
  const listed = (json as { data?: { name?: string; status?: string }[] } | null | undefined)?.data;
  if (!Array.isArray(listed))
    return { ok: false, reason: 'This is not Resend: its answer cannot be read. Check the base URL.' };
  const found = listed.find(({ name }) => name && (domain === name || domain.endsWith(`.${name}`)));
  if (!found)
    return { ok: false, reason: `Resend does not know the domain ${domain}. Add and verify it there.` };
  if (found.status === 'verified') return { ok: true };
  return {
    ok: false,
    reason: `Resend has not verified ${found.name} yet (${found.status}). Finish it there.`,
  };
}

const textOf = (json: unknown, key: string): string | null => {
  const value = (json as Record<string, unknown> | null | undefined)?.[key];
  return typeof value === 'string' && value ? value : null;
};

const errorName = (json: unknown): string => textOf(json, 'name') ?? 'unnamed_error';
