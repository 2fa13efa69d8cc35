import { FlowDefinition } from '@halyard/contracts/flows/definition';
import { expect, test } from 'vitest';
import { roomyCalendar } from './calendar.js';
import { timedPaths } from './timed-paths.js';

const exists = (n: number) => ({ field: `contact.attributes.a${n}`, op: 'exists' });
const mail = (id: string, next?: string | null) => ({
  id,
  type: 'message',
  template: 'hello',
  channels: ['email'],
  ...(next !== undefined && { next }),
});

test('a branch with a million paths leaves the one beside it its turn', () => {
  const forks = Array.from({ length: 20 }, (_, n) => [
    { id: `fork-${n}`, type: 'branch', branches: [{ when: exists(n), next: `side-${n}` }] },
    mail(`side-${n}`),
  ]).flat();
  const definition = FlowDefinition.parse({
    name: 'Bushy',
    trigger: { type: 'api' },
    steps: [
      { id: 'first', type: 'branch', branches: [{ when: exists(99), next: 'fork-0' }], next: 'plain' },
      ...forks,
      mail('last', null),
      mail('plain'),
    ],
  });
  const calendar = roomyCalendar(definition, 'UTC', new Date('2026-06-01T12:00:00Z'));
  const paths = timedPaths(definition, calendar, { steps: 200 });
  const sent = new Set(paths.flatMap(({ messages }) => messages.map(({ step }) => step.id)));
  expect(sent).toContain('last');
  expect(sent).toContain('plain');
});
