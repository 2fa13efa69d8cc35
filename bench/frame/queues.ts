import type { Bed } from './bed.ts';
import { until } from './load.ts';

/** Waits until no event waits for its decision. */
export const untilDecided = ({ owner }: Bed): Promise<void> =>
  until(async () => {
    const { rows } = await owner.query('select exists (select from pending_events) as waits');
    return !rows[0].waits;
  });
