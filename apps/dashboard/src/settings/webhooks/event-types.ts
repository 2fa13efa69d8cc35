import type { WebhookEventType } from '@halyard/contracts/webhooks/events';

/** The types of events by what they are about, as they can be chosen; a test holds them against the contract. */
export const eventGroups = {
  message: [
    'message.sent',
    'message.delivered',
    'message.bounced',
    'message.failed',
    'message.complained',
    'message.opened',
    'message.clicked',
    'message.replied',
    'message.unsubscribed',
  ],
  contact: [
    'contact.created',
    'contact.updated',
    'contact.merged',
    'contact.unmerged',
    'contact.erased',
    'contact.unsubscribed',
    'consent.granted',
    'consent.withdrawn',
  ],
  booking: [
    'booking.created',
    'booking.changed',
    'booking.rescheduled',
    'booking.cancelled',
    'booking.checked_in',
    'booking.completed',
  ],
  academy: [
    'enrollment.created',
    'enrollment.changed',
    'enrollment.progressed',
    'enrollment.corrected',
    'enrollment.completed',
    'enrollment.cancelled',
    'enrollment.resumed',
    'lesson.completed',
    'lesson.published',
    'course.completed',
    'course.published',
  ],
  flow: ['flow.started', 'flow.completed', 'flow.exited', 'flow.webhook'],
  campaign: [
    'campaign.started',
    'campaign.completed',
    'campaign.paused',
    'campaign.resumed',
    'campaign.cancelled',
  ],
  alert: [
    'alert.fired',
    'alert.acknowledged',
    'alert.silenced',
    'alert.resolved',
    'alert.notification',
    'failure.opened',
    'job.failed',
  ],
  other: ['outreach.received', 'endpoint.disabled', 'endpoint.test'],
} as const satisfies Record<string, readonly WebhookEventType[]>;

export type EventGroup = keyof typeof eventGroups;
type EventType = (typeof eventGroups)[EventGroup][number];

type Underscored<T extends string> = T extends `${infer A}.${infer B}` ? `${A}_${B}` : T;

/** Its name in the words, where a point would part two names. */
export const wordOf = (type: EventType) => type.replace('.', '_') as Underscored<EventType>;
