import { FlowDefinition } from '@halyard/contracts/flows/definition';
import { expect, test } from 'vitest';
import { needsOf } from './recipe-needs';

test('a recipe needs the channels of its messages, and the events that Halyard does not make itself', () => {
  const flowAt = (event: string) => ({
    key: event,
    definition: FlowDefinition.parse({
      name: event,
      trigger: { type: 'event', event },
      steps: [{ id: 'm', type: 'message', template: 't', channels: ['whatsapp', 'email'] }],
    }),
  });
  const recipe = { flows: [flowAt('booking.created'), flowAt('shop.order_paid')] };
  expect(needsOf(recipe)).toEqual({ channels: ['whatsapp', 'email'], events: ['shop.order_paid'] });
});
