import type { Campaign } from '../data/campaigns';
import type { TemplateSummary } from '../data/templates';

type Channel = Campaign['channels'][number];

/** A channel that is tried, and the template that goes out on it. */
export interface Way {
  channel: Channel;
  /** The template's key; '' as long as none was chosen. */
  key: string;
}

/** The channels of a campaign with their templates. `templates`: by which one that is named by its id is found. */
export function waysOf(
  { channels, template }: Pick<Campaign, 'channels'> & { template: unknown },
  templates: readonly Pick<TemplateSummary, 'id' | 'key' | 'channel'>[],
): Way[] {
  return channels.map((channel) => ({ channel, key: keyOf(template, channel, templates) }));
}

function keyOf(
  template: unknown,
  channel: Channel,
  templates: readonly Pick<TemplateSummary, 'id' | 'key' | 'channel'>[],
): string {
  if (typeof template === 'string') return template;
  const named = (template ?? {}) as Partial<Record<string, unknown>>;
  const own = 'id' in named ? templates.find(({ id }) => id === named.id)?.key : named[channel];
  return typeof own === 'string' ? own : '';
}

/** As the API wants them. */
export const sentOn = (ways: readonly Way[]) => ({
  channels: ways.map(({ channel }) => channel),
  template: Object.fromEntries(ways.map(({ channel, key }) => [channel, key])) as Record<string, never>, // as the generated client has a record of optional keys
});
