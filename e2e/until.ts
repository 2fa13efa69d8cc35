import { setTimeout as pause } from 'node:timers/promises';

/** Looks again until the answer satisfies, and says what it saw last when it never does. */
export async function until<T>(
  look: () => Promise<T> | T,
  satisfies: (seen: T) => boolean,
  withinMs = 10_000,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (satisfies(seen)) return seen;
    if (performance.now() > deadline)
      throw new Error(`Not within ${withinMs} ms; seen last: ${JSON.stringify(seen, null, 1)}`);
    await pause(20);
  }
}
