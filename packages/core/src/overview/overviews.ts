import type { ChannelFigures, Overview } from '@halyard/contracts/overview/routes';
import type { Channel } from '@halyard/contracts/primitives';
import type { Clock } from '../clock.js';
import type { OrgId } from '../ids.js';

export type FigureKind = Exclude<keyof ChannelFigures, 'channel'>;

/** So many of a kind on a day of the organization's zone. */
export interface Figure {
  date: string;
  channel: Channel;
  kind: FigureKind;
  count: number;
}

export interface OverviewStore {
  /** `today`: the date on the organization's clock; `figures`: of the `days` that end with it. */
  read(
    orgId: OrgId,
    days: number,
    now: Date,
  ): Promise<Omit<Overview, 'days'> & { today: string; figures: readonly Figure[] }>;
}

/** What an organization looks at first. */
export class Overviews {
  constructor(
    private readonly store: OverviewStore,
    private readonly clock: Clock,
  ) {}

  async read(orgId: OrgId, days: number): Promise<Overview> {
    const { today, figures, ...rest } = await this.store.read(orgId, days, this.clock.now());
    return { ...rest, days: daysUntil(today, days, figures) };
  }
}

/** Every one of the days that end with `today`, also those without figures. */
export function daysUntil(today: string, days: number, figures: readonly Figure[]): Overview['days'] {
  const byDate = Map.groupBy(figures, ({ date }) => date);
  return Array.from({ length: days }, (_, n) => {
    const date = daysBefore(today, days - 1 - n);
    return { date, channels: byChannel(byDate.get(date) ?? []) };
  });
}

const none = {
  sent: 0,
  delivered: 0,
  bounced: 0,
  failed: 0,
  skipped: 0,
  opened: 0,
  clicked: 0,
  unsubscribed: 0,
  complained: 0,
} satisfies Record<FigureKind, number>;

const byChannel = (figures: readonly Figure[]): ChannelFigures[] =>
  [...Map.groupBy(figures, ({ channel }) => channel)]
    .map(([channel, counts]) => ({
      channel,
      ...none,
      ...Object.fromEntries(counts.map(({ kind, count }) => [kind, count])),
    }))
    .sort((a, b) => (a.channel < b.channel ? -1 : 1));

/** Dates have no zone: in UTC every day has 24 hours. */
function daysBefore(date: string, days: number): string {
  const at = new Date(`${date}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - days);
  return at.toISOString().slice(0, 10);
}
