import './from-sources.ts';
import type { Task } from '../tasks/task.js';

const { TaskProcesses } = await import('../tasks/task-processes.js');
const { tasksOf } = await import('./tasks-of.js');
const { silent } = await import('./test-settings.js');

/** A server as its tasks know it: does one in a process that is kept, and has nothing else to live for; `stop`: ends it itself. */
process.once('message', async (task: Task) => {
  const entry = new URL('./task-from-sources.ts', import.meta.url);
  const limits = { heap: { oldMb: 256, youngMb: 32 }, keep: true, secrets: [] };
  const processes = new TaskProcesses(entry, limits, silent);
  await processes.run(task.kind, task.given, { progress: () => process.send?.('under way') });
  process.send?.(tasksOf(process.pid));
  process.disconnect();
  if (!process.argv.includes('stop')) return;
  process.exitCode = 1;
  await processes.stop();
  process.exitCode = 0;
});
