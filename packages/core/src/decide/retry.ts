import { storableText } from '../storable-text.js';

const pausesMs = [1_000, 5_000, 30_000, 120_000];

/** When something that has failed is tried again; null after the fifth failure. `tries`: how often it had failed before. */
export const retryAt = (tries: number, now: Date): Date | null => {
  const pause = pausesMs[tries];
  return pause === undefined ? null : new Date(now.getTime() + pause);
};

/** What went wrong, for whoever looks at the review item. */
export const describe = (error: unknown): string =>
  storableText(error instanceof Error ? error.message : String(error));
