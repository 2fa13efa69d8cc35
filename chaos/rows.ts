import type { Row } from './row.ts';
import { changeOfClocks } from './rows/change-of-clocks.ts';
import { deadlyEvent } from './rows/deadly-event.ts';
import { failingProvider } from './rows/failing-provider.ts';
import { fullDisk } from './rows/full-disk.ts';
import { fullLog } from './rows/full-log.ts';
import { halfOpen } from './rows/half-open.ts';
import { killAroundCalls, killAroundSends, killAtPoints } from './rows/kill-at-points.ts';
import { killAtRandom } from './rows/kill-at-random.ts';
import { killWithoutKeys } from './rows/kill-without-keys.ts';
import { killOneOfThree, killOneOfTwo } from './rows/kill-workers.ts';
import { overload } from './rows/overload.ts';
import { poisonMessage } from './rows/poison-message.ts';
import { backendsKilled, postgresRestarts } from './rows/postgres.ts';
import { redisRows } from './rows/redis.ts';
import { repeatedWebhooks } from './rows/repeated-webhooks.ts';
import { wrongClocks } from './rows/wrong-clocks.ts';

/** Every row of the table, in its order. */
export const rows: readonly Row[] = [
  killAtPoints,
  killAroundSends,
  killAroundCalls,
  killAtRandom,
  killOneOfTwo,
  killOneOfThree,
  killWithoutKeys,
  postgresRestarts,
  backendsKilled,
  halfOpen,
  deadlyEvent,
  ...redisRows,
  failingProvider,
  repeatedWebhooks,
  wrongClocks,
  changeOfClocks,
  poisonMessage,
  fullDisk,
  fullLog,
  overload,
];
