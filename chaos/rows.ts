import type { Row } from './row.ts';
import { deadlyEvent } from './rows/deadly-event.ts';
import { failingProvider } from './rows/failing-provider.ts';
import { halfOpen } from './rows/half-open.ts';
import { killAtPoints } from './rows/kill-at-points.ts';
import { killAtRandom } from './rows/kill-at-random.ts';
import { killWithoutKeys } from './rows/kill-without-keys.ts';
import { killOneOfThree, killOneOfTwo } from './rows/kill-workers.ts';
import { backendsKilled, postgresRestarts } from './rows/postgres.ts';

/** Every row of the table, in its order. */
export const rows: readonly Row[] = [
  killAtPoints,
  killAtRandom,
  killOneOfTwo,
  killOneOfThree,
  killWithoutKeys,
  postgresRestarts,
  backendsKilled,
  halfOpen,
  deadlyEvent,
  failingProvider,
];
