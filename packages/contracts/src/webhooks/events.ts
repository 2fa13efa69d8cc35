import { z } from 'zod';
import { Alert } from '../alerts/alert.js';
import { Failure } from '../alerts/failure.js';
import { Consent } from '../contacts/consents.js';
import { Contact } from '../contacts/contact.js';
import { Channel, Instant } from '../primitives.js';
import { academyEvents } from './academy-events.js';

/**
 * What endpoints can be told of: every type with the schema of its `data`. New properties may be added at any time, so
 * receivers ignore what they do not know.
 */
const ofContact = { contact_id: z.uuid() };
const ofMessage = {
  message_id: z.uuid(),
  contact_id: z.uuid().nullable(),
  channel: Channel.optional(),
  flow_id: z.uuid().optional(),
  run_id: z.uuid().optional(),
  step_id: z.string().optional(),
};
const ofFlow = {
  contact_id: z.uuid(),
  flow_id: z.uuid(),
  flow_key: z.string(),
  version_id: z.uuid(),
  run_id: z.uuid(),
  reason: z.string().optional(),
};
const ofConsent = { ...ofContact, ...Consent.pick({ channel: true, topic: true, source: true }).shape };

const contactData = z.looseObject(ofContact);
const contactSnapshot = z.looseObject({ ...ofContact, contact: Contact.optional() });
const messageData = z.looseObject(ofMessage);
const bookingData = z.looseObject({ booking_id: z.uuid(), contact_id: z.uuid() });
const flowData = z.looseObject(ofFlow);
const campaignData = z.looseObject({ campaign_id: z.uuid(), name: z.string().optional() });
const alertData = z
  .looseObject({ alert_id: z.uuid(), ...Alert.omit({ id: true }).shape })
  .partial()
  .required({ alert_id: true });
const failureData = z.looseObject({
  failure_id: z.uuid(),
  ...Failure.pick({
    kind: true,
    service: true,
    message: true,
    severity: true,
    fingerprint: true,
    count: true,
  }).shape,
});
const occurrenceData = campaignData.extend({ occurrence: z.number().int() });

const id = '0199f3a2-6c1e-7b64-9d0a-3c5f2b1e8a70';
const contactId = '0199f3a2-6c1e-7b64-9d0a-3c5f2b1e8a71';
const contact = { contact_id: contactId };
const message = { message_id: id, contact_id: contactId, channel: 'email' };
const booking = { booking_id: id, contact_id: contactId };
const consent = { contact_id: contactId, channel: 'email', topic: 'news', source: 'form' };
const campaign = { campaign_id: id, occurrence: 1 };
const flow = {
  contact_id: contactId,
  flow_id: id,
  flow_key: 'welcome',
  version_id: '0199f3a2-6c1e-7b64-9d0a-3c5f2b1e8a72',
  run_id: '0199f3a2-6c1e-7b64-9d0a-3c5f2b1e8a73',
};

const alert = {
  alert_id: id,
  rule_id: contactId,
  rule_name: 'Bounces',
  metric: 'bounce_rate',
  severity: 'error',
  status: 'firing',
  scope: '',
  scope_name: null,
  cause: 'threshold',
  summary: 'Bounce rate is 7.5 %: 5 % or more fires (60 minutes).',
  value: 7.5,
  threshold: 5,
  fired_at: '2026-05-01T08:00:00Z',
  resolved_at: null,
};
const failure = {
  failure_id: id,
  kind: 'reported',
  service: 'checkout',
  message: 'Payment provider answered 502',
  severity: 'error',
  fingerprint: 'checkout-502',
  count: 1,
};

interface WebhookEventDescription {
  summary: string;
  data: z.ZodType;
  example: Record<string, unknown>;
}

export const webhookEvents = {
  'contact.created': { summary: 'A contact was created', data: contactSnapshot, example: contact },
  'contact.updated': {
    summary: 'A contact was changed; `changed` names fields, attributes.key and identities',
    data: contactSnapshot.extend({ changed: z.array(z.string()) }),
    example: { ...contact, changed: ['attributes.level', 'first_name'] },
  },
  'contact.merged': {
    summary: 'Another contact was merged into this one',
    data: z.looseObject({ ...ofContact, merged_id: z.uuid(), merge_id: z.uuid() }),
    example: { ...contact, merged_id: id, merge_id: id },
  },
  'contact.unmerged': {
    summary: 'A merge was taken back',
    data: z.looseObject({ ...ofContact, restored_id: z.uuid(), merge_id: z.uuid() }),
    example: { ...contact, restored_id: id, merge_id: id },
  },
  'contact.erased': {
    summary: 'A contact was erased: remove what you hold of them',
    data: contactData,
    example: contact,
  },
  'contact.unsubscribed': { summary: 'A contact unsubscribed', data: contactData, example: contact },
  'consent.granted': {
    summary: 'A contact granted consent',
    data: z.looseObject(ofConsent),
    example: consent,
  },
  'consent.withdrawn': {
    summary: 'A contact withdrew consent',
    data: z.looseObject(ofConsent),
    example: consent,
  },
  'booking.created': { summary: 'A booking was made', data: bookingData, example: booking },
  'booking.changed': { summary: 'A booking was changed', data: bookingData, example: booking },
  'booking.rescheduled': {
    summary: 'A booking was moved to other dates',
    data: bookingData,
    example: booking,
  },
  'booking.cancelled': { summary: 'A booking was cancelled', data: bookingData, example: booking },
  'booking.checked_in': { summary: 'The guest of a booking arrived', data: bookingData, example: booking },
  'booking.completed': { summary: 'A booking was completed', data: bookingData, example: booking },
  ...academyEvents,
  'outreach.received': {
    summary: 'An outreach item came in',
    data: z.looseObject({ item_id: z.uuid().optional(), contact_id: z.uuid().nullable().optional() }),
    example: { item_id: id, contact_id: contactId },
  },
  'campaign.started': {
    summary: 'A campaign began to go out',
    data: occurrenceData,
    example: campaign,
  },
  'campaign.completed': {
    summary: 'Every message of a campaign came to its end; `statuses` counts the recipients',
    data: occurrenceData.extend({
      recipients: z.number().int(),
      statuses: z.record(z.string(), z.number().int()),
    }),
    example: { ...campaign, recipients: 1000, statuses: { SENT: 960, HELD_BACK: 40 } },
  },
  'campaign.paused': {
    summary: 'A campaign was paused; `error` says why when Halyard did it by itself',
    data: campaignData.extend({ error: z.string().nullable() }),
    example: { campaign_id: id, error: null },
  },
  'campaign.resumed': {
    summary: 'A paused campaign goes on',
    data: campaignData,
    example: { campaign_id: id },
  },
  'campaign.cancelled': {
    summary: 'A campaign was called off',
    data: campaignData,
    example: { campaign_id: id },
  },
  'message.sent': { summary: 'A provider took a message', data: messageData, example: message },
  'message.delivered': { summary: 'A message arrived', data: messageData, example: message },
  'message.bounced': { summary: 'A message came back', data: messageData, example: message },
  'message.failed': { summary: 'A message could not be sent', data: messageData, example: message },
  'message.complained': {
    summary: 'The recipient called a message spam',
    data: messageData,
    example: message,
  },
  'message.opened': { summary: 'A message was opened', data: messageData, example: message },
  'message.clicked': { summary: 'A link in a message was followed', data: messageData, example: message },
  'message.replied': { summary: 'The recipient answered', data: messageData, example: message },
  'message.unsubscribed': {
    summary: 'The recipient unsubscribed by a message',
    data: messageData,
    example: message,
  },
  'flow.started': { summary: 'A contact entered a flow', data: flowData, example: flow },
  'flow.completed': { summary: 'A contact reached the end of a flow', data: flowData, example: flow },
  'flow.exited': {
    summary: 'A contact left a flow before its end',
    data: flowData,
    example: { ...flow, reason: 'goal' },
  },
  'flow.webhook': {
    summary: 'A flow reached a webhook step; `name` is what the step says',
    data: z.looseObject({
      name: z.string(),
      run_id: z.uuid(),
      step_id: z.string(),
      data: z.record(z.string(), z.json()),
      /** What the run knew at this moment: contact, subject, product, event, steps, organization. */
      facts: z.record(z.string(), z.json()),
    }),
    example: { name: 'course booked', run_id: id, step_id: 'tell-crm', data: { crm: 'lead' }, facts: {} },
  },
  'alert.fired': { summary: 'An alert fired', data: alertData, example: alert },
  'alert.acknowledged': {
    summary: 'Somebody takes care of an alert',
    data: alertData,
    example: { ...alert, status: 'acknowledged' },
  },
  'alert.silenced': {
    summary: 'Nobody is to be told of an alert for a while',
    data: alertData,
    example: { ...alert, status: 'silenced' },
  },
  'alert.resolved': {
    summary: 'An alert is over',
    data: alertData,
    example: { ...alert, status: 'resolved', resolved_at: '2026-05-01T09:00:00Z' },
  },
  'alert.notification': {
    summary:
      'What a route of alerts tells one endpoint: several alerts at once, no more often than its interval',
    data: z.looseObject({
      route_id: z.uuid(),
      test: z.boolean(),
      alerts: z.array(alertData.extend({ kind: z.enum(['fired', 'reminded', 'resolved']) })),
    }),
    example: { route_id: id, test: false, alerts: [{ kind: 'fired', ...alert }] },
  },
  'failure.opened': {
    summary: 'An error of another service or a failed job, for the first time or again after it was resolved',
    data: failureData,
    example: failure,
  },
  'job.failed': {
    summary: 'A job of Halyard was given up after its last try, such as starting a campaign or an import',
    data: z.looseObject({
      failure_id: z.uuid(),
      queue: z.string(),
      job: z.string(),
      error: z.string(),
      tries: z.number().int(),
      campaign_id: z.uuid().optional(),
      import_id: z.uuid().optional(),
    }),
    example: {
      failure_id: id,
      queue: 'campaign-jobs',
      job: 'plan',
      error: 'connection reset',
      tries: 5,
      campaign_id: id,
    },
  },
  'endpoint.disabled': {
    summary: 'An endpoint was disabled, as it was gone or kept failing',
    data: z.looseObject({ endpoint_id: z.uuid(), url: z.string(), reason: z.string() }),
    example: { endpoint_id: id, url: 'https://example.com/hook', reason: 'It answered 410 Gone.' },
  },
  'endpoint.test': {
    summary: 'A test, sent on request to one endpoint',
    data: z.looseObject({ endpoint_id: z.uuid() }),
    example: { endpoint_id: id },
  },
} as const satisfies Record<string, WebhookEventDescription>;

export type WebhookEventType = keyof typeof webhookEvents;
export const webhookEventTypes = Object.keys(webhookEvents) as [WebhookEventType, ...WebhookEventType[]];

/** The body of every webhook. The header webhook-id is the same for every try and every endpoint: use it to tell repeats. */
export const WebhookBody = z
  .object({
    type: z.enum(webhookEventTypes),
    /** When it happened. */
    timestamp: Instant,
    data: z.record(z.string(), z.json()),
  })
  .meta({ id: 'WebhookBody' });
export type WebhookBody = z.output<typeof WebhookBody>;
