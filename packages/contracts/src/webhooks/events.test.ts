import { expect, test } from 'vitest';
import { WebhookBody, webhookEvents } from './events.js';

test.each(Object.entries(webhookEvents))(
  'the example of %s is what its schema describes',
  (type, { data, example }) => {
    expect(data.safeParse(example).error?.issues).toBeUndefined();
    expect(WebhookBody.safeParse({ type, timestamp: '2026-05-01T08:00:00Z', data: example }).success).toBe(
      true,
    );
  },
);
