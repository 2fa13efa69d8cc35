import type { InfobipSmsSettings } from '@halyard/contracts/connections/provider-settings';
import type {
  InboundRequest,
  OpenConnection,
  Provider,
  ProviderReport,
  SendOutcome,
  SendRequest,
} from '@halyard/core/delivery/provider';
import type { Dispatcher } from 'undici';
import type { VendorCall } from '../http/call-vendor.js';
import { callVendor } from '../http/call-vendor.js';
import type { InfobipTaken } from '../infobip/account.js';
import { authorization, digits, infobipOutcome, testAccount, urlOf } from '../infobip/account.js';
import { isFromInfobip, parseInfobip } from '../infobip/webhook.js';

/**
 * SMS by Infobip, API version 3 (POST /sms/3/messages). Our idempotency key is its messageId: a second try with the same
 * one is refused as a duplicate, which tells that the first was taken. How long Infobip remembers ids is not published;
 * an hour is assumed, so a lost answer is asked for again within half of that.
 */
export class InfobipSmsProvider implements Provider {
  readonly name = 'infobip_sms';
  readonly channels = ['sms'] as const;
  readonly onUnknown = { kind: 'retry_same_key', keyWindowMs: 3_600_000 } as const;

  constructor(private readonly dispatcher: Dispatcher) {}

  async send(connection: OpenConnection, request: SendRequest, signal: AbortSignal): Promise<SendOutcome> {
    const answer = await callVendor(this.dispatcher, infobipSmsRequest(connection, request), signal);
    return infobipOutcome(
      answer,
      connection,
      (json) => (json as { messages?: InfobipTaken[] } | null)?.messages?.[0],
    );
  }

  test(connection: OpenConnection, signal: AbortSignal) {
    return testAccount(this.dispatcher, connection, signal);
  }

  async receive(connection: OpenConnection, request: InboundRequest): Promise<ProviderReport[] | null> {
    return isFromInfobip(connection, request) ? parseInfobip('sms', request) : null;
  }
}

export function infobipSmsRequest(
  connection: OpenConnection,
  { payload, messageId, idempotencyKey }: SendRequest,
): VendorCall {
  if (payload.channel !== 'sms') throw new Error(`This connection sends sms, not ${payload.channel}.`);
  const { reportUrl } = connection;
  const { sender } = connection.settings as InfobipSmsSettings;
  return {
    method: 'POST',
    url: urlOf(connection, '/sms/3/messages'),
    headers: authorization(connection),
    body: {
      messages: [
        {
          sender: digits(payload.from || sender),
          destinations: [{ to: digits(payload.to), messageId: idempotencyKey }],
          content: { text: payload.text },
          webhooks: {
            ...(reportUrl ? { delivery: { url: reportUrl } } : {}),
            contentType: 'application/json',
            callbackData: messageId,
          },
        },
      ],
    },
  };
}
