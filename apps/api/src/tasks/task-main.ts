import { DomainError } from '@halyard/core/domain-error';
import { databaseProblem } from '../http/database-problem.js';
import type { Task, Tasks, Told } from './task.js';

/**
 * What the process of a task runs: it does tasks, one after the other as they come, and loads only what they need. It
 * does not end by itself, as what it told last may still be on its way: the server ends it.
 */
const tell = (told: Told) => process.send?.(told);

// Ctrl-C and service managers signal to all processes; the server decides when this one is to end.
process.on('SIGINT', () => {}).on('SIGTERM', () => {});
process.on('disconnect', () => process.exit()); // the server is gone
process.on('message', async (task: Task) => {
  try {
    tell({ kind: 'result', result: await done(task) });
  } catch (error) {
    const problem =
      error instanceof DomainError
        ? { code: error.code, detail: error.message, issues: error.issues }
        : databaseProblem(error);
    tell(problem ? { kind: 'problem', problem } : { kind: 'bug', error });
  }
});
if (!process.connected) process.exit();

async function done(task: Task): Promise<Tasks[Task['kind']]['result']> {
  switch (task.kind) {
    case 'simulate': {
      const { simulateTask } = await import('../simulate/simulate-task.js');
      return simulateTask(task.given, (progress) => tell({ kind: 'progress', progress }));
    }
    case 'check': {
      const { checkDefinition } = await import('@halyard/core/flows/check');
      return checkDefinition(task.given.definition, task.given.known);
    }
  }
}
