import type { OverviewFigures } from '../data/queries';

type Day = OverviewFigures['days'][number];
type Counts = Omit<Day['channels'][number], 'channel'>;

/** What is shown of a day, or of all of them. `undelivered`: bounced or refused. */
export interface DayFigures {
  sent: number;
  delivered: number;
  undelivered: number;
  skipped: number;
  opened: number;
  clicked: number;
  unsubscribed: number;
}
export type FigureName = keyof DayFigures;

/** Over all channels. */
export function ofDay({ channels }: Pick<Day, 'channels'>): DayFigures {
  const sum = (name: keyof Counts) => channels.reduce((total, counts) => total + counts[name], 0);
  return {
    sent: sum('sent'),
    delivered: sum('delivered'),
    undelivered: sum('bounced') + sum('failed'),
    skipped: sum('skipped'),
    opened: sum('opened'),
    clicked: sum('clicked'),
    unsubscribed: sum('unsubscribed'),
  };
}

export const ofAll = (days: readonly Day[]): DayFigures =>
  ofDay({ channels: days.flatMap(({ channels }) => channels) });
