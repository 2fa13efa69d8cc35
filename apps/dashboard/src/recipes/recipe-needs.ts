import type { FlowDefinition } from '@halyard/contracts/flows/definition';

interface Recipe {
  flows: readonly { definition: Pick<FlowDefinition, 'trigger' | 'steps'> }[];
}

type Channel = Extract<FlowDefinition['steps'][number], { type: 'message' }>['channels'][number];

const own = /^(booking|enrollment|lesson|course|contact|message|consent|engagement)\./;

/** What a recipe cannot do without: channels to send on, and events that somebody has to send. */
export function needsOf({ flows }: Recipe): { channels: Channel[]; events: string[] } {
  const channels = new Set<Channel>();
  const events = new Set<string>();
  for (const { definition } of flows) {
    const { trigger, steps } = definition;
    if (trigger.type === 'event' && !own.test(trigger.event)) events.add(trigger.event);
    for (const step of steps) if (step.type === 'message') for (const one of step.channels) channels.add(one);
  }
  return { channels: [...channels], events: [...events] };
}
