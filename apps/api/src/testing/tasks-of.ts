import type { ChildProcess } from 'node:child_process';
import { fork, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { commandOf, parentOf } from '../local/process-facts.js';
import type { Task } from '../tasks/task.js';

/** The processes that run tasks from the sources for this one. */
export function tasksOf(parent: number): number[] {
  const found =
    process.platform === 'linux'
      ? readdirSync('/proc').map(Number)
      : spawnSync('pgrep', ['-P', String(parent)], { encoding: 'utf8' })
          .stdout.split('\n')
          .map(Number);
  return found.filter((pid) => pid > 0 && parentOf(pid) === parent && isTask(pid));
}

/** Whether this process runs a task; one that is gone does not, nor one that only its parent still has to bury. */
export const isTask = (pid: number): boolean => commandOf(pid).includes('task-from-sources');

/** Starts a server that does nothing but this task; it tells when it hears of progress. */
export function startParent(task: Task): ChildProcess {
  const parent = fork(new URL('./parent-of-tasks.ts', import.meta.url), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    serialization: 'advanced',
  });
  parent.send(task);
  return parent;
}
