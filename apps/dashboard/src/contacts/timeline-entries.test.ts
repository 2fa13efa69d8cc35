import { expect, test } from 'vitest';
import type { ContactEvent } from '../data/contacts';
import { eventEntries } from './timeline-entries';

const event = (type: string): ContactEvent => ({
  id: type,
  type,
  contact_id: null,
  subject: null,
  payload: {},
  occurred_at: '2026-05-01T08:00:00Z',
  recorded_at: '2026-05-01T08:00:00Z',
});

test('what an entry of a message or of a run tells is not told again as an event', () => {
  const types = ['message.sent', 'message.opened', 'message.replied', 'flow.started', 'booking.created'];
  expect(eventEntries(types.map(event)).map(({ id }) => id)).toEqual(['message.replied', 'booking.created']);
});
