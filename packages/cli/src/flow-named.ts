import type { HalyardClient } from '@halyard/client/client';
import { answer } from './connect.js';
import { CommandFailure } from './failure.js';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The id of a flow that is named by its key or id. */
export async function flowNamed(client: HalyardClient, name: string): Promise<string> {
  if (uuid.test(name)) return name;
  const { items } = answer(await client.GET('/flows', { params: { query: { limit: 1, key: name } } }));
  const [flow] = items;
  if (!flow) throw new CommandFailure(`There is no flow with the key ${name}.`);
  return flow.id;
}
