import { parentPort } from 'node:worker_threads';

/** A thread that never comes to the end of its task. */
parentPort?.on('message', () => {});
