type Promised<T extends readonly unknown[]> = readonly [...{ [K in keyof T]: Promise<T[K]> }];

/**
 * As Promise.all, but fails only when all have ended: what reads in a transaction must not outlive it, or it would go on
 * in the next one on its connection.
 */
export async function together<T extends readonly unknown[]>(work: Promised<T>): Promise<T> {
  await Promise.allSettled(work);
  return (await Promise.all(work)) as unknown as T;
}
