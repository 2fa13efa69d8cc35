import { Refused } from '../data/problem';

/** How it went with several: what was done, and what the API refused since it stood otherwise by then. */
export interface Several {
  done: number;
  refused: number;
}

/** One after the other, and on past those that are refused; what is no refusal ends it. */
export async function each<T>(items: readonly T[], act: (item: T) => Promise<unknown>): Promise<Several> {
  let done = 0;
  for (const item of items)
    try {
      await act(item);
      done += 1;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  return { done, refused: items.length - done };
}
