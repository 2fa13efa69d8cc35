import { z } from 'zod';
import { Channel, Instant, TimeZone } from '../primitives.js';
import { route } from '../route.js';

const count = z.number().int();

/** What became of messages on one channel. Opens and clicks by machines do not count. */
export const ChannelFigures = z
  .object({
    channel: Channel,
    sent: count,
    delivered: count,
    bounced: count,
    failed: count,
    /** Not sent, as a rule forbade it or its time had passed. */
    skipped: count,
    opened: count,
    clicked: count,
    unsubscribed: count,
    /** Called spam by those who got it. */
    complained: count,
  })
  .meta({ id: 'ChannelFigures' });
export type ChannelFigures = z.output<typeof ChannelFigures>;

export const Overview = z
  .object({
    /** Whose days these are. */
    time_zone: TimeZone,
    /** Oldest first, today last; a day on which nothing happened has no channels. */
    days: z.array(z.object({ date: z.iso.date(), channels: z.array(ChannelFigures) })),
    /** What happened later is in no day yet: less than a minute, when nothing is wrong. Null: nothing was counted yet. */
    counted_until: Instant.nullable(),
    /** As it is now. Counts end at 10000: there may be more. */
    now: z.object({
      /** Messages that are planned and not sent yet, whenever they are due. */
      scheduled: count,
      /** Messages that are due within 24 hours. */
      due_next_day: count,
      unknown: count,
      open_review_items: count,
      /** Connections that are left alone for now. */
      open_breakers: count,
    }),
  })
  .meta({ id: 'Overview' });
export type Overview = z.output<typeof Overview>;

export const overviewRoutes = {
  read: route({
    id: 'readOverview',
    method: 'GET',
    path: '/overview',
    tag: 'Overview',
    summary: 'What became of messages day by day, and what stands open now',
    access: { role: 'viewer', scope: 'messages:read' },
    query: z.object({ days: z.coerce.number().int().min(1).max(90).default(30) }),
    response: Overview,
  }),
};
