import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { callHalyard } from '../../api/call';

/** Topics that contacts can consent to. */
export async function getTopics(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
  const request = { method: 'GET' as const, path: '/topics', query: {} };
  const { items } = (await callHalyard(this, request)) as {
    items: { key: string; name: Record<string, string> }[];
  };
  const topics = items.map(({ key, name }) => ({
    name: name.en ?? Object.values(name)[0] ?? key,
    value: key,
  }));
  return [{ name: 'All', value: '*' }, ...topics];
}
