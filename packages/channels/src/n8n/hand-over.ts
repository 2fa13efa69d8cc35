import type { N8nSettings } from '@halyard/contracts/connections/provider-settings';
import type { OpenConnection, SendRequest } from '@halyard/core/delivery/provider';
import { signWebhook } from '@halyard/core/outbox/sign-webhook';

/** The signed request by which a workflow of n8n is given a message to send. */
export interface HandOver {
  url: string;
  headers: Record<string, string>;
  body: string;
  reportBy: Date;
}

/** What one message is to n8n; `reportUrl` is where its outcome is to be reported. */
export function handOver(
  connection: OpenConnection,
  request: SendRequest,
  reportUrl: string,
  now: Date,
): HandOver {
  const { base_url, path = '', report_within_seconds } = connection.settings as N8nSettings;
  const reportBy = new Date(now.getTime() + report_within_seconds * 1_000);
  const body = JSON.stringify({
    type: 'message.send',
    attempt_id: request.attemptId,
    message_id: request.messageId,
    organization_id: request.orgId,
    connection_id: connection.id,
    idempotency_key: request.idempotencyKey,
    report_url: reportUrl,
    report_by: reportBy.toISOString(),
    payload: request.payload,
  });
  const secret = { secret: connection.secrets.signing_secret ?? '', expires_at: null };
  const headers = {
    'content-type': 'application/json',
    'idempotency-key': request.idempotencyKey,
    ...signWebhook(request.attemptId, body, [secret], now),
  };
  return { url: `${base_url}${path}`, headers, body, reportBy };
}
