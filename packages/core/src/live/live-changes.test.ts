import { expect, test } from 'vitest';
import type { OrgId } from '../ids.js';
import { LiveChanges } from './live-changes.js';
import type { Marks } from './marks.js';

const school = 'school' as OrgId;

/** What is in the database; `failing`: it is away. */
class Marked {
  looks = 0;
  failing = false;
  flows = 0;
  async read(): Promise<Marks> {
    this.looks += 1;
    if (this.failing) throw new Error('away');
    return { audited: [], events: [], prints: { flows: String(this.flows) } };
  }
}

const follow = () => {
  const marked = new Marked();
  const failures: unknown[] = [];
  const changes = new LiveChanges(marked, (_, error) => failures.push(error), 1);
  return { marked, failures, changes };
};

test('those who watch one organization share its looks, and when the last is gone there is none', async () => {
  const { marked, changes } = follow();
  const heard: string[] = [];
  const stops = await Promise.all(
    ['one', 'two'].map((name) => changes.watch(school, (topics) => heard.push(name, ...topics))),
  );
  expect(marked.looks).toBe(1);
  marked.flows += 3;
  await expect.poll(() => heard).toEqual(['one', 'flows', 'two', 'flows']);
  for (const stop of stops) stop();
  await expect
    .poll(async () => {
      const before = marked.looks;
      await new Promise((resolve) => setTimeout(resolve, 20));
      return marked.looks - before;
    })
    .toBe(0);
  expect(heard).toHaveLength(4);
});

test('what changed while the database was away is told when it is back', async () => {
  const { marked, failures, changes } = follow();
  const heard: string[] = [];
  const stop = await changes.watch(school, (topics) => heard.push(...topics));
  marked.failing = true;
  await expect.poll(() => failures.length).toBeGreaterThan(0);
  marked.flows += 1;
  marked.failing = false;
  await expect.poll(() => heard).toEqual(['flows']);
  stop();
});

test('who begins while the database is away is told so, and the next one finds it', async () => {
  const { marked, changes } = follow();
  marked.failing = true;
  await expect(changes.watch(school, () => {})).rejects.toThrow('away');
  marked.failing = false;
  const stop = await changes.watch(school, () => {});
  stop();
});
