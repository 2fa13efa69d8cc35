import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import type { SimulationInput } from '@halyard/contracts/simulate/routes';
import type { OrgId } from '@halyard/core/ids';
import { beginTrace, traceIdOf, withinTrace } from '@halyard/core/trace';
import { afterEach, expect, test, vi } from 'vitest';
import { beginningOf } from '../local/process-facts.js';
import { createLog } from '../operations/log.js';
import { definition, findings, known } from '../testing/flow-to-check.js';
import { isTask, startParent, tasksOf } from '../testing/tasks-of.js';
import { TaskProcesses } from './task-processes.js';

const check = { definition, known };
const trace = beginTrace();

let lines: Record<string, unknown>[] = [];
let processes: TaskProcesses | null = null;
function start(entry: string): TaskProcesses {
  lines = [];
  const log = createLog('info', { write: (line) => void lines.push(JSON.parse(line)) });
  const limits = { heap: { oldMb: 256, youngMb: 32 }, keep: true, secrets: ['a secret of ours'] };
  const started = new TaskProcesses(new URL(`../testing/${entry}`, import.meta.url), limits, log);
  processes = started;
  return started;
}
afterEach(() => processes?.stop());

test('a crash ends only the task, and the log has what was said last but no secrets', async () => {
  const asked = withinTrace(trace, () => start('crashing-task.ts').run('check', check));
  await expect(asked).rejects.toMatchObject({ why: 'ended' });
  expect(lines).toMatchObject([{ level: 'error', signal: 'SIGTRAP', trace_id: traceIdOf(trace) }]);
  expect(lines[0]?.stderr).toContain('Check failed');
  expect(JSON.stringify(lines)).not.toMatch(/a secret of ours|hunter2/);
});

test('a process that cannot be started ends its task, and the log says why', async () => {
  const { execPath } = process;
  process.execPath = '/nowhere/node';
  const asked = start('task-from-sources.ts').run('check', check);
  process.execPath = execPath;
  await expect(asked).rejects.toMatchObject({ why: 'ended' });
  expect(lines).toMatchObject([{ level: 'error', stderr: expect.stringContaining('ENOENT') }]);
});

test('what breaks in a task is thrown as it was there, and the next one has a new process', async () => {
  const kept = start('task-from-sources.ts');
  await kept.run('check', check);
  const [first] = tasksOf(process.pid);
  await expect(kept.run('check', { definition: null } as never)).rejects.toThrow(TypeError);
  expect(await kept.run('check', check)).toMatchObject(findings);
  expect(tasksOf(process.pid)).toEqual([expect.not.toSatisfy((pid) => pid === first)]);
});

test('a result of many megabytes arrives whole', async () => {
  const [large] = (await start('large-task.ts').run('check', check)) as unknown as string[];
  expect(large).toHaveLength(16 * 1_048_576);
});

test('signals that mean the server are not for its tasks', async () => {
  const kept = start('task-from-sources.ts');
  await kept.run('check', check);
  const before = tasksOf(process.pid);
  expect(before).toHaveLength(1);
  for (const pid of before) for (const signal of ['SIGINT', 'SIGTERM']) process.kill(pid, signal);
  expect(await kept.run('check', check)).toMatchObject(findings);
  expect(tasksOf(process.pid)).toEqual(before);
});

test('one that waits for its next task may crash: the task is done by another', async () => {
  const kept = start('task-from-sources.ts');
  await withinTrace(trace, () => kept.run('check', check));
  for (const pid of tasksOf(process.pid)) process.kill(pid, 'SIGSEGV');
  await vi.waitFor(() => expect(lines).toMatchObject([{ signal: 'SIGSEGV' }]), { timeout: 20_000 });
  expect(lines[0], 'whose task was done is not concerned').not.toHaveProperty('trace_id');
  expect(await kept.run('check', check)).toMatchObject(findings);
});

test('after stop nothing runs any more, and nothing begins', async () => {
  const endless = start('silent-task.ts');
  const underWay = expect(endless.run('check', check)).rejects.toMatchObject({ why: 'ended' });
  const tasks = tasksOf(process.pid);
  await endless.stop();
  expect(tasks.map(beginningOf)).toEqual(['']);
  await underWay;
  await expect(endless.run('check', check)).rejects.toMatchObject({ why: 'ended' });
  expect(lines).toEqual([]);
});

test('a process that waits for its next task does not keep the server from ending, and ends with it', async () => {
  const server = startParent({ kind: 'check', given: check });
  const ended = once(server, 'exit');
  const [tasks] = await once(server, 'message');
  expect(tasks).toHaveLength(1);
  expect(await ended).toEqual([0, null]);
  await vi.waitFor(() => expect(tasks.filter(isTask)).toEqual([]), { timeout: 20_000 });
});

test('a server that has nothing else to do still waits until what it ends is gone', async () => {
  expect(await once(startParent({ kind: 'check', given: check }, 'stop'), 'exit')).toEqual([0, null]);
});

test('a task that waits for a database ends when its server is gone', async () => {
  const silentDatabase = createServer().listen(0, '127.0.0.1');
  await once(silentDatabase, 'listening');
  const { port } = silentDatabase.address() as AddressInfo;
  const surroundings = {
    databaseUrl: `postgres://x@127.0.0.1:${port}/x`,
    secret: 'x',
    publicUrl: 'http://x',
  };
  const given = { surroundings, orgId: '' as OrgId, input: {} as SimulationInput };
  const server = startParent({ kind: 'simulate', given });
  await once(silentDatabase, 'connection');
  const tasks = tasksOf(server.pid ?? 0);
  expect(tasks).toHaveLength(1);
  server.kill('SIGKILL');
  // Sooner than it gives up connecting, which takes ten seconds.
  await vi.waitFor(() => expect(tasks.filter(isTask)).toEqual([]), { timeout: 6_000 });
  silentDatabase.close();
});
