type Promised<T extends readonly unknown[]> = readonly [...{ [K in keyof T]: Promise<T[K]> }];

/**
 * As Promise.all, but fails only when all have ended: statements of one transaction that go out together must not outlive
 * it, or they would be part of the next one on its connection.
 */
export async function together<T extends readonly unknown[]>(work: Promised<T>): Promise<T> {
  await Promise.allSettled(work);
  return (await Promise.all(work)) as unknown as T;
}
