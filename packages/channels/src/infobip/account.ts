import type { OpenConnection, SendOutcome } from '@halyard/core/delivery/provider';
import type { Dispatcher } from 'undici';
import type { VendorAnswer } from '../http/call-vendor.js';
import { callVendor, commonOutcome } from '../http/call-vendor.js';
import { withoutSecrets } from '../without-secrets.js';

/** What the channels of one Infobip account have in common: its key, its base URL, its status codes. */

export const authorization = (connection: OpenConnection): Record<string, string> => ({
  authorization: `App ${connection.secrets.api_key ?? ''}`,
});

export const urlOf = (connection: OpenConnection, path: `/${string}`): string =>
  `${String(connection.settings.base_url)}${path}`;

/** International number without the plus, as Infobip writes it. */
export const digits = (phone: string): string => phone.replace(/^\+/, '');

export async function testAccount(
  dispatcher: Dispatcher,
  connection: OpenConnection,
  signal: AbortSignal,
): Promise<{ ok: true } | { ok: false; reason: string }> {
  const url = urlOf(connection, '/account/1/balance');
  const answer = await callVendor(
    dispatcher,
    { method: 'GET', url, headers: authorization(connection) },
    signal,
  );
  if (answer.kind !== 'answered')
    return {
      ok: false,
      reason: `Infobip could not be reached: ${withoutSecrets(answer.detail, connection.secrets)}`,
    };
  // 403: the key is known but may not read the balance; keys for sending alone are like that.
  if (answer.status === 403) return { ok: true };
  const { balance } = (answer.json ?? {}) as { balance?: unknown };
  if (answer.status === 200 && typeof balance === 'number') return { ok: true };
  if (answer.status === 401)
    return { ok: false, reason: 'Infobip refused the API key. Check it and its base URL.' };
  return { ok: false, reason: `Infobip answered ${answer.status}. Check the base URL: it is your own.` };
}

interface Status {
  groupId?: number;
  name?: string;
  description?: string;
}

/** The answer about one message. */
export interface InfobipTaken {
  messageId?: string;
  status?: Status;
}

/**
 * The outcome of a message by its status (infobip.com/docs/essentials/api-essentials/response-status-and-error-codes).
 * `takenFrom` finds the message in the body of the endpoint at hand.
 */
export function infobipOutcome(
  answer: VendorAnswer,
  connection: OpenConnection,
  takenFrom: (json: unknown) => InfobipTaken | undefined,
): SendOutcome {
  const common = commonOutcome(answer, connection);
  if (common) return common;
  if (answer.kind !== 'answered') throw new Error('Every other kind is common.');
  const clean = (text: string): string => withoutSecrets(text, connection.secrets);
  if (answer.status === 401 || answer.status === 403)
    return {
      kind: 'rejected',
      code: `http_${answer.status}`,
      detail: clean(`Infobip refused the account: ${errorText(answer.json)}`),
      pauseConnection: true,
    };
  if (answer.status >= 400)
    return { kind: 'rejected', code: `http_${answer.status}`, detail: clean(errorText(answer.json)) };
  const taken = takenFrom(answer.json);
  const { status } = taken ?? {};
  if (answer.status >= 300 || !status?.groupId)
    return {
      kind: 'unknown',
      code: 'unreadable_answer',
      detail: 'Infobip answered something that cannot be read.',
    };
  return byStatus(status, taken?.messageId, clean);
}

const invalidRecipient = new Set([
  'REJECTED_PREFIX_MISSING',
  'REJECTED_INVALID_DESTINATION',
  'REJECTED_DESTINATION',
  'MISSING_TO',
]);

const accountRefused = new Set([
  'REJECTED_NOT_ENOUGH_CREDITS',
  'REJECTED_PREPAID_PACKAGE_EXPIRED',
  'REJECTED_SENDER',
  'REJECTED_SOURCE',
]);

const rejectedGroups = new Set([2, 4, 5]); // undeliverable, expired, rejected

function byStatus(
  { groupId = 0, name = 'UNNAMED', description = '' }: Status,
  messageId: string | undefined,
  clean: (text: string) => string,
): SendOutcome {
  const accepted: SendOutcome = { kind: 'accepted', ...(messageId ? { providerMessageId: messageId } : {}) };
  // Our id is known already: the try whose answer was lost had been taken.
  if (name === 'REJECTED_DUPLICATE_MESSAGE_ID') return accepted;
  if (!rejectedGroups.has(groupId)) return accepted;
  const detail = clean(`${name}: ${description}`);
  if (name === 'REJECTED_FLOODING_FILTER') return { kind: 'throttled', retryAfterMs: 60_000, detail };
  return {
    kind: 'rejected',
    code: name.toLowerCase(),
    detail,
    ...(invalidRecipient.has(name) ? { invalidAddress: true } : {}),
    ...(accountRefused.has(name) ? { pauseConnection: true } : {}),
  };
}

/** The older `requestError.serviceException.text` and the newer `description`. */
function errorText(json: unknown): string {
  const body = json as {
    requestError?: { serviceException?: { messageId?: string; text?: string; validationErrors?: unknown } };
    errorCode?: string;
    description?: string;
    violations?: unknown;
  } | null;
  const old = body?.requestError?.serviceException;
  const parts = [old?.messageId ?? body?.errorCode, old?.text ?? body?.description];
  const details = old?.validationErrors ?? body?.violations;
  if (details) parts.push(JSON.stringify(details));
  return parts.filter(Boolean).join(': ') || 'no reason given';
}
