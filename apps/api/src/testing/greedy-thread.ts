import { parentPort } from 'node:worker_threads';

/** A thread whose task never has enough: it takes memory until it is ended. */
const kept: number[][] = [];
parentPort?.on('message', () => {
  for (;;) kept.push(new Array(10_000).fill(kept.length));
});
