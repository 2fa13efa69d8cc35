import type { ResendSettings } from '@halyard/contracts/connections/provider-settings';
import type { OpenConnection, SendRequest } from '@halyard/core/delivery/provider';
import type { VendorCall } from '../http/call-vendor.js';
import { mailbox } from './mailbox.js';

/** What one message is to Resend: the same bytes for every try, or its idempotency key would be refused. */
export function resendRequest(
  connection: OpenConnection,
  { payload, messageId, idempotencyKey }: SendRequest,
): VendorCall {
  if (payload.channel !== 'email') throw new Error(`Resend sends email, not ${payload.channel}.`);
  const { base_url } = connection.settings as ResendSettings;
  return {
    method: 'POST',
    url: `${base_url}/emails`,
    headers: { ...authorization(connection), 'idempotency-key': idempotencyKey },
    body: {
      from: mailbox(payload.from),
      to: [mailbox(payload.to)],
      ...(payload.replyTo ? { reply_to: payload.replyTo } : {}),
      subject: payload.subject,
      html: payload.html,
      text: payload.text,
      headers: payload.headers,
      // Comes back in webhooks, so a later report finds the message even when the answer was lost.
      tags: [{ name: 'message_id', value: messageId }],
    },
  };
}

export const authorization = (connection: OpenConnection): Record<string, string> => ({
  authorization: `Bearer ${connection.secrets.api_key ?? ''}`,
});
