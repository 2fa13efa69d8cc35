import { FlowDefinition } from '@halyard/contracts/flows/definition';
import { SimulationInput } from '@halyard/contracts/simulate/routes';
import { expect, test } from 'vitest';
import { beginningOf, eventsOf, firstStory } from './story';

const flow = (event: string) =>
  FlowDefinition.parse({
    name: 'A flow',
    trigger: { type: 'event', event },
    steps: [{ id: 'end', type: 'exit' }],
  });
const now = Date.parse('2026-11-21T10:20:00Z');

test('a first story is one that the API takes, on the clock of the zone', () => {
  const story = firstStory(flow('booking.created'), 'America/New_York', 'en', now);
  const { events, contacts } = eventsOf(story) ?? {};
  expect(events).toEqual([
    {
      at: '2026-11-21T10:00:00.000Z',
      type: 'booking.created',
      contact: 'guest',
      booking: {
        id: 'booking',
        starts_at: '2026-12-01T14:00:00.000Z',
        ends_at: '2026-12-05T21:00:00.000Z',
      },
    },
  ]);
  const input = { flow: { definition: flow('booking.created') }, events, contacts };
  expect(SimulationInput.safeParse(input).error).toBeUndefined();
});

test('what happens later says only what it changes', () => {
  const story = firstStory(flow('booking.*'), 'Europe/Berlin', 'de', now);
  const later = { at: '2026-11-22T10:00', startsAt: '2026-12-08T09:00', endsAt: '', type: '' };
  const { events } =
    eventsOf({
      ...story,
      later: [
        { ...later, kind: 'moved' },
        { ...later, kind: 'cancelled' },
        { ...later, kind: 'event', type: 'user.login' },
      ],
    }) ?? {};
  expect(events?.slice(1)).toEqual([
    {
      at: '2026-11-22T09:00:00.000Z',
      type: 'booking.rescheduled',
      contact: 'guest',
      booking: { id: 'booking', starts_at: '2026-12-08T08:00:00.000Z' },
    },
    {
      at: '2026-11-22T09:00:00.000Z',
      type: 'booking.cancelled',
      contact: 'guest',
      booking: { id: 'booking' },
    },
    { at: '2026-11-22T09:00:00.000Z', type: 'user.login', contact: 'guest' },
  ]);
});

test('a story with a time missing is not sent', () => {
  const story = firstStory(flow('booking.created'), 'UTC', 'en', now);
  expect(eventsOf({ ...story, startsAt: '' })).toBeNull();
  expect(eventsOf({ ...story, at: '' })).toBeNull();
});

test('no event begins a flow that is started by a person', () => {
  expect(beginningOf({ ...flow('x'), trigger: { type: 'manual' } })).toBeNull();
  expect(beginningOf(flow('booking.*'))).toBe('booking.created');
});
