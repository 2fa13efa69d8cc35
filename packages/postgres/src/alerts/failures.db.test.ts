import { mostNewFailures } from '@halyard/core/alerts/failures';
import { firstIdAt } from '@halyard/core/ids';
import { expect } from 'vitest';
import { databaseTest as test } from '../testing/database-test.js';
import { recordFailure } from './failures.js';

const anHour = 3_600_000;

test('made-up fingerprints become no more than so many failures in an hour; the rest is counted in one', async ({
  db,
}) => {
  const org = await db.organization();
  await db.owner.query(
    `insert into failures (org_id, id, kind, service, fingerprint, message, severity, first_at, last_at)
     select $1, overlay($2 placing lpad(n::text, 12, '0') from 25)::uuid, 'reported', 'crm', 'old ' || n, 'Broken', 'error', now(), now()
     from generate_series(1, $3::int) n`,
    [org, firstIdAt(new Date(Date.now() - anHour - 60_000)), mostNewFailures],
  );
  const report = (n: number) =>
    db.app.forOrg(org, (tx) =>
      recordFailure(tx, org, {
        kind: 'reported',
        service: 'crm',
        fingerprint: `made up ${n}`,
        message: `Broken in the way ${n}`,
        severity: 'critical',
        details: {},
        at: new Date(Date.now() - n * anHour), // what they say of the past lets nobody pass
      }),
    );
  for (let n = 0; n < mostNewFailures; n++) await report(n);
  const folded = await report(mostNewFailures);
  expect(folded).toMatchObject({ severity: 'critical', status: 'open', count: 1 });
  expect(JSON.stringify(folded)).toContain(`Broken in the way ${mostNewFailures}`);
  expect(await report(mostNewFailures + 1)).toMatchObject({ id: folded.id, count: 2 });
  expect(await report(3)).toMatchObject({ fingerprint: 'made up 3', count: 2 });
  const { rows } = await db.owner.query(
    `select count(*)::int as n, sum(count)::int as told from failures where org_id = $1 and fingerprint not like 'old %'`,
    [org],
  );
  expect(rows).toEqual([{ n: mostNewFailures + 1, told: mostNewFailures + 3 }]);
});
