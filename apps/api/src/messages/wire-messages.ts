import type { EventBatches } from '@halyard/core/events/event-batches';
import { Messages } from '@halyard/core/messages/messages';
import type { Outreach } from '@halyard/core/outreach/outreach';
import { ReviewItems } from '@halyard/core/review/review-items';
import { PgMessageStore } from '@halyard/postgres/messages/messages';
import { PgReviewStore } from '@halyard/postgres/review/review-items';
import { bind } from '../bind.js';
import type { Platform } from '../platform.js';
import { ReviewController } from '../review/review.controller.js';
import { MessagesController } from './messages.controller.js';

/** Single messages, and what a person must look at. */
export function wireMessages(
  { app, wakeups, clock }: Pick<Platform, 'app' | 'wakeups' | 'clock'>,
  outreach: Outreach,
  batches: EventBatches,
) {
  const inputs = { outreach_item: outreach.take.bind(outreach), event: batches.take.bind(batches) };
  return {
    controllers: [MessagesController, ReviewController],
    providers: [
      bind(new Messages(new PgMessageStore(app), wakeups, clock)),
      bind(new ReviewItems(new PgReviewStore(app), wakeups, clock, inputs)),
    ],
  };
}
