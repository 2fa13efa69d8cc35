import { expect, test } from 'vitest';
import { nothing, wokenBy } from './consequences.js';
import type { Consequences, MessageMove, OrgRun } from './decide-store.js';

const now = new Date('2026-04-01T10:00:00Z');
const at = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
const moved = (seconds: number) => [{ plannedAt: at(seconds) }] as MessageMove[];
const run = (seconds: number) => [{ wakeAt: at(seconds) }] as OrgRun[];

test.each<[name: string, Partial<Consequences>, woken: string[]]>([
  ['a message that is due', { move: moved(0) }, ['messages']],
  ['a message that was due', { revive: moved(-60) }, ['messages']],
  ['a message that is due before the loop looks again', { move: moved(1) }, ['messages']],
  ['a message in an hour', { move: moved(3_600) }, []],
  ['a message in an hour and one now', { move: [...moved(3_600), ...moved(0)] }, ['messages']],
  ['a run that goes on at once', { movedRuns: run(0) }, ['runs']],
  ['a run that waits for days', { movedRuns: run(86_400) }, []],
])('%s wakes its loop only where it would not look in time', (_, given, woken) => {
  expect(wokenBy({ ...nothing(), ...given }, now)).toEqual(woken);
});
