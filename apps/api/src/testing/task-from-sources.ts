import './from-sources.ts';

/** Runs the processes of tasks from the sources. */
await import('../tasks/task-main.js');
