import type { ChildProcess } from 'node:child_process';
import { fork, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { commandOf, parentOf } from '../local/process-facts.js';
import type { Task } from '../tasks/task.js';

/** The processes that run tasks for this one. */
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
export const isTask = (pid: number): boolean => /\btask(-from-sources)?\.ts$/.test(commandOf(pid));

/**
 * Starts a server that does nothing but this task. It tells of progress, and at last which processes it has; `stop`: it
 * ends them itself.
 */
export function startParent(task: Task, ...args: 'stop'[]): ChildProcess {
  const parent = fork(new URL('./parent-of-tasks.ts', import.meta.url), args, {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    serialization: 'advanced',
  });
  parent.send(task);
  return parent;
}
