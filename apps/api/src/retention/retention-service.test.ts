import { retentionDays } from '@halyard/contracts/retention';
import { systemClock } from '@halyard/core/clock';
import { noMetrics } from '@halyard/core/metrics';
import type { RetentionStore } from '@halyard/core/retention/retention';
import { Retention } from '@halyard/core/retention/retention';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RetentionService } from './retention-service.js';

const day = 86_400_000;
let lines: Record<string, unknown>[];
beforeEach(() => {
  lines = [];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function serviceOn(store: RetentionStore): RetentionService {
  const log = pino({ level: 'info' }, { write: (line) => void lines.push(JSON.parse(line)) });
  return new RetentionService(new Retention(store, retentionDays, systemClock, noMetrics), log, 1_000);
}

test('it removes soon after its start and then every day, and says what', async () => {
  const service = serviceOn({ remove: async (what) => (what === 'payloads' ? 3 : 0) });
  await service.start();
  await vi.advanceTimersByTimeAsync(999);
  expect(lines).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(lines).toMatchObject([{ removed: { payloads: 3 } }]);
  await vi.advanceTimersByTimeAsync(3 * day);
  expect(lines).toHaveLength(4);
  await service.stop();
  await vi.advanceTimersByTimeAsync(3 * day);
  expect(lines).toHaveLength(4);
});

test('a day on which it fails is told, and the next one comes', async () => {
  let broken = true;
  const service = serviceOn({
    remove: async () => {
      if (broken) throw new Error('no database');
      return 0;
    },
  });
  await service.start();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(lines).toMatchObject([{ level: 50, err: { message: 'no database' } }]);
  broken = false;
  await vi.advanceTimersByTimeAsync(day);
  expect(lines).toMatchObject([{}, { removed: {} }]);
  await service.stop();
});

test('stopping waits for the chunk that is under way, which is the last one', async () => {
  const chunk = Promise.withResolvers<number>();
  const remove = vi.fn(() => chunk.promise);
  const service = serviceOn({ remove });
  await service.start();
  await vi.advanceTimersByTimeAsync(1_000);
  const stopped = vi.fn();
  const stopping = service.stop().then(stopped);
  await vi.advanceTimersByTimeAsync(0);
  expect(stopped).not.toHaveBeenCalled();
  chunk.resolve(1_000);
  await stopping;
  expect(remove).toHaveBeenCalledTimes(1);
});
