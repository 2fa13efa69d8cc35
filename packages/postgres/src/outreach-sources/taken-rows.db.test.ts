import type { OutreachSourceId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { expect } from 'vitest';
import { databaseTest } from '../testing/database-test.js';
import { PgTakenRows } from './taken-rows.js';

databaseTest(
  'a row is followed until its message has gone out, however far ahead that is',
  async ({ db }) => {
    const orgId = await db.organization();
    const id = randomIds<OutreachSourceId>();
    await db.owner.query(
      `insert into outreach_sources (org_id, id, name, settings, server, secrets, key_id) values ($1, $2, 'S', '{}', '', '', '')`,
      [orgId, id],
    );
    const taken = new PgTakenRows(db.app);
    const now = new Date();
    const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
    const follow = (written: string, days: number) =>
      taken.follow(orgId, id, [{ rowId: `${written} ${days}`, itemId: randomIds(), written }], daysAgo(days));
    await follow('scheduled', 61);
    await follow('accepted', 61);
    await follow('unknown', 61);
    await follow('unknown', 59);
    await follow('sent', 8);
    await follow('sent', 6);
    await taken.forgetSettled(orgId, id, now);
    const rows = await db.app.forOrg(orgId, (tx) =>
      tx.selectFrom('outreach_source_rows').select('row_id').orderBy('row_id').execute(),
    );
    expect(rows.map(({ row_id }) => row_id)).toEqual(['accepted 61', 'scheduled 61', 'sent 6', 'unknown 59']);
  },
);
