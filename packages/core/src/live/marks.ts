import type { LiveTopic } from '@halyard/contracts/live/routes';

/** The newest of what was recorded in an organization: each with an id that no other has, and its kind. */
export type Recorded = readonly (readonly [id: string, kind: string])[];

/** How an organization looks at one moment, by what is cheap to look at. */
export interface Marks {
  /** The newest lines of the audit log, by what they are about. */
  audited: Recorded;
  /** The newest events, by the first word of their type. */
  events: Recorded;
  /** A text for each topic that is another one when something has changed. */
  prints: Partial<Record<LiveTopic, string>>;
}

/** What a person did, by what they did it to; all else is a setting of the organization. */
const ofTarget: Record<string, LiveTopic> = {
  alert: 'alerts',
  alert_route: 'alerts',
  alert_rule: 'alerts',
  booking: 'bookings',
  campaign: 'campaigns',
  connection: 'connections',
  course: 'academy',
  contact: 'contacts',
  delivery: 'webhooks',
  endpoint: 'webhooks',
  failure: 'alerts',
  enrollment: 'academy',
  flow: 'flows',
  import: 'imports',
  message: 'messages',
  product: 'products',
  review_item: 'review_items',
  suppression: 'contacts',
  template: 'templates',
};

const ofEvent: Record<string, LiveTopic> = {
  booking: 'bookings',
  campaign: 'campaigns',
  consent: 'contacts',
  contact: 'contacts',
  course: 'academy',
  enrollment: 'academy',
  flow: 'flows',
  lesson: 'academy',
  message: 'messages',
};

/** What changed from one moment to the next. When more was recorded than the marks hold, anything may have. */
export function topicsBetween(before: Marks, after: Marks): Set<LiveTopic> {
  const audited = newIn(before.audited, after.audited);
  const events = newIn(before.events, after.events);
  const topics = new Set<LiveTopic>([
    ...audited.kinds.map((kind) => ofTarget[kind] ?? 'organization'),
    ...events.kinds.flatMap((kind) => ofEvent[kind] ?? []),
    ...(audited.overflown ? Object.values(ofTarget) : []),
    ...(events.overflown ? Object.values(ofEvent) : []),
    ...Object.entries(after.prints).flatMap(([topic, print]) =>
      before.prints[topic as LiveTopic] === print ? [] : [topic as LiveTopic],
    ),
  ]);
  if (audited.overflown) topics.add('organization');
  if (events.kinds.length > 0) topics.add('events');
  return topics;
}

function newIn(before: Recorded, after: Recorded): { kinds: string[]; overflown: boolean } {
  const known = new Set(before.map(([id]) => id));
  const fresh = after.filter(([id]) => !known.has(id));
  return { kinds: fresh.map(([, kind]) => kind), overflown: known.size > 0 && fresh.length === after.length };
}
