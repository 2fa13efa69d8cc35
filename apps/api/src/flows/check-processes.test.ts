import type { OrgId } from '@halyard/core/ids';
import { afterEach, expect, test } from 'vitest';
import { definition, findings, known } from '../testing/flow-to-check.js';
import { silent } from '../testing/test-settings.js';
import { CheckProcesses } from './check-processes.js';

const school = '00000000-0000-7000-8000-000000000001' as OrgId;
const other = '00000000-0000-7000-8000-000000000002' as OrgId;
let processes: CheckProcesses;
const start = (entry: string) => {
  processes = new CheckProcesses(new URL(entry, import.meta.url), silent);
  return processes;
};
afterEach(() => processes.onModuleDestroy());

test('a definition is checked in a process of its own, and the next one in the same', async () => {
  const checks = start('../testing/task-from-sources.ts');
  for (let n = 0; n < 2; n++) expect(await checks.check(school, definition, known)).toMatchObject(findings);
});

test('who has four checks waiting is refused the fifth, others are not', async () => {
  const checks = start('../testing/silent-task.ts');
  const waiting = [1, 2, 3, 4].map(() => checks.check(school, definition, known));
  const others = checks.check(other, definition, known);
  await expect(checks.check(school, definition, known)).rejects.toMatchObject({ code: 'rate_limited' });
  const settled = Promise.allSettled([...waiting, others]);
  await checks.onModuleDestroy();
  const reasons = (await settled).map((one) => one.status === 'rejected' && one.reason.code);
  expect(reasons).toEqual(Array(5).fill('unavailable'));
});
