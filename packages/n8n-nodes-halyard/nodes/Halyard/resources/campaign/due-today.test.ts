import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { executing } from '../../../testing/fake-n8n';
import { executeOperation } from '../../execute';
import { operationOf } from '../../operation-of';
import { resources } from '..';

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-05-01T06:00:00Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

test("due today are those that begin on this day of the workflow's zone, and those that are late", async () => {
  const items = [
    { id: 'late', next_start_at: '2026-04-29T08:00:00Z' },
    { id: 'today', next_start_at: '2026-05-01T21:59:00Z' },
    { id: 'tomorrow here', next_start_at: '2026-05-01T22:00:00Z' },
    { id: 'never', next_start_at: null },
  ];
  const { asked, context } = executing(() => ({ body: { items, next_cursor: null } }), {
    parameters: { returnAll: true },
  });
  const found = await executeOperation(context, operationOf(resources, 'campaign', 'getDueToday'));
  expect(found.map(({ json }) => json.id)).toEqual(['late', 'today']);
  expect(asked[0]?.query).toMatchObject({ status: 'scheduled' });
});
