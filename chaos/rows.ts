import type { Row } from './row.ts';
import { killAtPoints } from './rows/kill-at-points.ts';
import { killAtRandom } from './rows/kill-at-random.ts';

/** Every row of the table, in its order. */
export const rows: readonly Row[] = [killAtPoints, killAtRandom];
