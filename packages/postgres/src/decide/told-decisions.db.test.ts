import { unwatched } from '@halyard/core/watch';
import { expect } from 'vitest';
import { TestLoops } from '../testing/deciding.js';
import type { DecidingSchool } from '../testing/deciding-school.js';
import { drip, message, decidingTest as test } from '../testing/deciding-school.js';

/** Loops whose lines are kept, the ids apart. */
function overheard({ db, clock }: DecidingSchool): { loops: TestLoops; lines: string[] } {
  const lines: string[] = [];
  const note = (_: unknown, text: string) => void lines.push(text);
  const log = { debug: note, info: note, warn: note, error: note };
  return { loops: new TestLoops(db, clock, { ...unwatched, log }), lines };
}

/** Lets every transaction that writes to a table fail at its very end. */
const refuseToCommit = (school: DecidingSchool, table: string) =>
  school.db.owner.query(`
    create or replace function refuse() returns trigger language plpgsql as $$
    begin raise exception 'not committed'; end $$;
    create constraint trigger refusing after insert or update or delete on ${table}
      deferrable initially deferred for each row execute function refuse()`);

const commitAgain = (school: DecidingSchool, table: string) =>
  school.db.owner.query(`drop trigger refusing on ${table}`);

test('what is decided about an event is told when it is committed, and not before', async ({ school }) => {
  await school.publish('drip', drip);
  await school.login('mia@example.com');
  const { loops, lines } = overheard(school);
  await refuseToCommit(school, 'runs');
  await loops.events.round(10);
  expect(lines).toEqual(['an event could not be decided']);
  await commitAgain(school, 'runs');
  school.clock.advance(10_000);
  await loops.events.round(10);
  expect(lines).toEqual(['an event could not be decided', 'an event was decided', 'a message was planned']);
});

test('what a run plans is told when it is committed, and not before', async ({ school }) => {
  const branch = { id: 'known', type: 'branch' as const, branches: [{ when: { all: [] }, next: 'hello' }] };
  // Nobody sees beyond a branch, so the message is planned when the run comes to it.
  await school.publish('drip', { ...drip, steps: [...drip.steps.slice(0, 1), branch, message('hello')] });
  await school.login('mia@example.com');
  await school.loops.drain();
  school.clock.advance(3_600_000);
  const { loops, lines } = overheard(school);
  await refuseToCommit(school, 'messages');
  await loops.runs.round(10);
  expect(lines).toEqual(['a run could not be decided']);
  await commitAgain(school, 'messages');
  school.clock.advance(10_000);
  await loops.runs.round(10);
  expect(lines).toEqual(['a run could not be decided', 'a message was planned']);
});
