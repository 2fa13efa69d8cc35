import type { Alert } from '@halyard/contracts/alerts/alert';
import type { AlertTarget } from '@halyard/contracts/alerts/alert-route';
import type { Notified } from '@halyard/core/alerts/alert-routes';
import { notificationMessage } from '@halyard/core/alerts/notification';
import type { AlertId, AlertRouteId } from '@halyard/core/alerts/rule';
import type { Notice } from '@halyard/core/alerts/step';
import type { ConnectionId, DeliveryId, MessageId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import type { Target } from '@halyard/core/messages/message';
import type { OutboxId } from '@halyard/core/outbox/outbox-event';
import type { Tx } from '../database.js';
import { scheduleMessages } from '../message-writer.js';
import { payloadOf } from './alert-rows.js';

/** Where an alert can be seen, in a language. */
export type AlertUrl = (id: AlertId, locale: string) => string;

export interface NoticedAlert {
  alert: Alert;
  notice: Notice;
}

interface Told {
  alerts: readonly NoticedAlert[];
  test: boolean;
}

interface Route {
  id: AlertRouteId;
  target: AlertTarget;
}

/**
 * Makes one notification in the caller's transaction: a message that is delivered as any other, or a delivery to an endpoint.
 * Afterwards the caller pokes `messages` and `outbox`.
 */
export const makeNotification = (
  tx: Tx,
  orgId: OrgId,
  { id, target }: Route,
  told: Told,
  urlOf: AlertUrl,
  now: Date,
): Promise<Notified> =>
  target.type === 'endpoint'
    ? deliver(tx, orgId, id, target.endpoint_id, told, now)
    : send(tx, orgId, target, told, urlOf, now);

async function send(
  tx: Tx,
  orgId: OrgId,
  { channel, to, connection_id }: Extract<AlertTarget, { type: 'message' }>,
  { alerts, test }: Told,
  urlOf: AlertUrl,
  now: Date,
): Promise<Notified> {
  const target: Target = {
    ...(to && { [channel]: to }),
    ...(connection_id && { connection_id: connection_id as ConnectionId }),
  };
  const locale = await localeOf(tx, orgId);
  const messageId = randomIds<MessageId>();
  const message = notificationMessage({
    messageId,
    channel,
    target,
    alerts: alerts.map(({ alert, notice }) => ({ ...alert, id: alert.id as AlertId, notice })),
    test,
    locale,
    urlOf: (id) => urlOf(id, locale),
    now,
  });
  await scheduleMessages(tx, orgId, [message]);
  return { kind: 'made', notification: { message_id: messageId, delivery_id: null } };
}

async function localeOf(tx: Tx, orgId: OrgId): Promise<string> {
  const row = await tx
    .selectFrom('organization_settings')
    .select('locale')
    .where('org_id', '=', orgId)
    .executeTakeFirst();
  return row?.locale ?? 'en';
}

/** To this endpoint alone, whatever types it subscribed to. */
async function deliver(
  tx: Tx,
  orgId: OrgId,
  routeId: AlertRouteId,
  endpointId: string,
  { alerts, test }: Told,
  now: Date,
): Promise<Notified> {
  const endpoint = await tx
    .selectFrom('endpoints')
    .select('status')
    .where('org_id', '=', orgId)
    .where('id', '=', endpointId)
    .executeTakeFirst();
  if (endpoint?.status !== 'active')
    return { kind: 'refused', reason: endpoint ? 'Its endpoint is disabled.' : 'Its endpoint was removed.' };
  const outboxId = randomIds<OutboxId>();
  const told = alerts.map(({ alert, notice }) => ({ kind: notice, ...payloadOf(alert) }));
  await tx
    .insertInto('outbox')
    .values({
      org_id: orgId,
      id: outboxId,
      type: 'alert.notification',
      payload: JSON.stringify({ route_id: routeId, test, alerts: told }),
      occurred_at: now,
    })
    .execute();
  const deliveryId = randomIds<DeliveryId>();
  await tx
    .insertInto('deliveries')
    .values({ org_id: orgId, id: deliveryId, outbox_id: outboxId, endpoint_id: endpointId, due_at: now })
    .execute();
  return { kind: 'made', notification: { message_id: null, delivery_id: deliveryId } };
}
