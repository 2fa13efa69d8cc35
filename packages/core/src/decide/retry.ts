import { storableText } from '../storable-text.js';

const pausesMs = [1_000, 5_000, 30_000, 120_000];

/** When something that has failed is tried again; null after the fifth failure. `tries`: how often it had failed before. */
export const retryAt = (tries: number, now: Date): Date | null => {
  const pause = pausesMs[tries];
  return pause === undefined ? null : new Date(now.getTime() + pause);
};

/** After so many tries a person is asked. */
export const maxTries = pausesMs.length + 1;

/**
 * How long something waits whose process died while it was decided, by how often it was tried before. It may be innocent:
 * the first time it waits not at all.
 */
export const pausesAfterDeathMs = [0, ...pausesMs.slice(0, 3)];

/** Why something is not tried again that was never seen to fail. */
export const diedOf = 'The process ended each time that this was decided.';

/** What went wrong, for whoever looks at the review item. */
export const describe = (error: unknown): string =>
  storableText(error instanceof Error ? error.message : String(error));
