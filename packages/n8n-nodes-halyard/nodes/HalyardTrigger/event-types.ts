import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import type { Caller } from '../api/call';
import { callHalyard } from '../api/call';

interface EventType {
  type: string;
  summary: string;
  example: IDataObject;
}

const eventTypes = async (caller: Caller): Promise<EventType[]> => {
  const request = { method: 'GET' as const, path: '/webhook-events', query: {} };
  return ((await callHalyard(caller, request)) as { items: EventType[] }).items;
};

/** What Halyard can tell of. */
export async function getEventTypes(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
  const types = await eventTypes(this);
  return [
    { name: 'All', value: '*', description: 'Everything that Halyard tells of, also what is added later' },
    ...types.map(({ type, summary }) => ({ name: type, value: type, description: summary })),
  ];
}

/** The example of the first of these types, as it would come; null: Halyard knows none of them. */
export async function sampleOf(caller: Caller, chosen: string[], now: Date): Promise<IDataObject | null> {
  const types = await eventTypes(caller);
  const [first] = chosen;
  const sample = first === '*' ? types[0] : types.find(({ type }) => type === first);
  return sample ? { type: sample.type, timestamp: now.toISOString(), data: sample.example } : null;
}
