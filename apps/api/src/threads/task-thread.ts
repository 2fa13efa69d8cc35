import { parentPort, workerData } from 'node:worker_threads';
import { DomainError } from '@halyard/core/domain-error';
import { databaseProblem } from '../http/database-problem.js';
import type { FromThread, Surroundings, Tasks, ToThread } from './thread-task.js';

/** A thread that does tasks, one after the other as they come. It loads only what its tasks need. */
const tell = (message: FromThread) => parentPort?.postMessage(message);

parentPort?.on('message', async (task: ToThread) => {
  try {
    tell({ kind: 'result', result: await done(task) });
  } catch (error) {
    const problem =
      error instanceof DomainError
        ? { code: error.code, detail: error.message, issues: error.issues }
        : databaseProblem(error);
    if (!problem) throw error;
    tell({ kind: 'problem', problem });
  }
});

async function done(task: ToThread): Promise<Tasks[ToThread['kind']]['result']> {
  switch (task.kind) {
    case 'simulate': {
      const { simulateTask } = await import('../simulate/simulate-task.js');
      const report = (progress: Extract<FromThread, { kind: 'progress' }>['progress']) =>
        tell({ kind: 'progress', progress });
      return simulateTask(workerData as Surroundings, task.given, report);
    }
    case 'check': {
      const { checkDefinition } = await import('@halyard/core/flows/check');
      return checkDefinition(task.given.definition, task.given.known);
    }
  }
}
