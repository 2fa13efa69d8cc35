import { z } from 'zod';
import { Channel, Instant } from '../primitives.js';
import { Severity } from './rule.js';

/**
 * Where people are told. `message`: an address on a channel, by a connection of the organization (the one that is named, else
 * as for any message); an n8n connection hands it to a workflow. `endpoint`: a webhook, as alert.notification.
 */
export const AlertTarget = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('message'),
    channel: Channel,
    /** An email address, a Slack or Telegram channel, …; where the connection posts by itself when left out. */
    to: z.string().min(1).max(320).optional(),
    connection_id: z.uuid().optional(),
  }),
  z.strictObject({ type: z.literal('endpoint'), endpoint_id: z.uuid() }),
]);
export type AlertTarget = z.output<typeof AlertTarget>;

const shape = {
  name: z.string().trim().min(1).max(200),
  target: AlertTarget,
  /** Alerts of these severities. */
  severities: z.array(Severity).min(1),
  /** Of these rules alone; of all when left out. */
  rule_ids: z.array(z.uuid()).max(100).nullable().default(null),
  /** Also says when an alert is over. */
  tell_resolved: z.boolean().default(true),
  /** At most one notification in so many minutes; what comes meanwhile is gathered into the next. */
  interval_minutes: z.number().int().min(1).max(1_440).default(5),
  enabled: z.boolean().default(true),
} as const;

export const AlertRouteInput = z
  .strictObject(shape)
  .refine(({ target }) => target.type === 'endpoint' || target.to || target.connection_id, {
    error: 'Say where to: an address, or a connection that posts in one place.',
    path: ['target', 'to'],
  })
  .meta({ id: 'AlertRouteInput' });
export type AlertRouteInput = z.output<typeof AlertRouteInput>;

export const AlertRoute = z
  .object({
    id: z.uuid(),
    ...shape,
    /** When it told something last. */
    notified_at: Instant.nullable(),
    /** What is gathered for the next notification. */
    waiting: z.number().int(),
    /** Why the last notification could not be made; null when it could. */
    problem: z.string().nullable(),
    created_at: Instant,
    updated_at: Instant,
  })
  .meta({ id: 'AlertRoute' });
export type AlertRoute = z.output<typeof AlertRoute>;

/** A notification that was made: as a message or as a delivery. */
export const AlertNotification = z
  .object({ message_id: z.uuid().nullable(), delivery_id: z.uuid().nullable() })
  .meta({ id: 'AlertNotification' });
export type AlertNotification = z.output<typeof AlertNotification>;
