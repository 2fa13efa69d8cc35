import type { Scene } from './scene.ts';
import type { School } from './school.ts';

/** Asks the API for something that must work. */
export async function ask<Answer>(
  { api }: Scene,
  { key }: School,
  path: string,
  body: object,
): Promise<Answer> {
  const response = await fetch(api + path, {
    method: 'POST',
    headers: { 'x-api-key': key, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path} was answered with ${response.status}: ${await response.text()}`);
  return response.json() as Promise<Answer>;
}

/** Resolves when `holds` does. Throws with `what` when that takes too long. */
export async function until(what: string, holds: () => Promise<boolean>, longestMs = 60_000): Promise<void> {
  const end = Date.now() + longestMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`${what}: not within ${longestMs / 1000} s.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
