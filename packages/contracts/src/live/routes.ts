import { z } from 'zod';
import { route } from '../route.js';

/** What can have changed, named as the routes that tell how it is now. `organization`: its settings, people, keys, topics. */
export const LiveTopic = z.enum([
  'messages',
  'contacts',
  'bookings',
  'academy',
  'products',
  'events',
  'flows',
  'templates',
  'campaigns',
  'imports',
  'review_items',
  'connections',
  'sandbox',
  'webhooks',
  'alerts',
  'organization',
  'overview',
]);
export type LiveTopic = z.output<typeof LiveTopic>;

export const liveRoutes = {
  follow: route({
    id: 'followChanges',
    method: 'GET',
    path: '/live',
    tag: 'Live updates',
    summary: 'Hear what changes, as server-sent events',
    description: `\`event: changed\` with \`data: {"topic":"messages"}\`: something of this kind is not as it was. What it is, the routes of that kind tell; hints hold no data, and changes close together are one hint. Topics: ${LiveTopic.options.join(', ')}. It ends when the session or key does.`,
    access: { role: 'viewer', scope: 'organization:read' },
    response: z.unknown(),
    responseType: 'text/event-stream',
  }),
};
