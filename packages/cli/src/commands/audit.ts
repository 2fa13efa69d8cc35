import type { OrgId } from '@halyard/core/ids';
import { verifyAuditTrail } from '@halyard/postgres/audit-trail';
import { Database } from '@halyard/postgres/database';
import type { Command } from 'commander';
import { databaseUrl } from '../database.js';
import { CommandFailure } from '../failure.js';

export function addAudit(program: Command): void {
  program
    .command('audit')
    .description('the audit log')
    .command('verify')
    .description('recompute the hash chain of every organization, straight from the database')
    .option('--organization <id>', 'only this one')
    .action(async ({ organization }: { organization?: string }) => {
      const database = await Database.open(databaseUrl(), 'halyard_app', 1);
      try {
        const broken = await verifyAll(database, organization);
        if (broken)
          throw new CommandFailure(
            `${broken} of the audit logs were tampered with. The lines above say where.`,
          );
      } finally {
        await database.close();
      }
    });
}

async function verifyAll(database: Database, only: string | undefined): Promise<number> {
  const { rows } = await database.pool.query<{ id: OrgId; name: string }>(
    'select id, name from auth.organization where $1::text is null or id::text = $1 order by id',
    [only ?? null],
  );
  if (only && rows.length === 0) throw new CommandFailure(`There is no organization ${only}.`);
  let broken = 0;
  for (const { id, name } of rows) {
    const result = await verifyAuditTrail(database, id);
    if (!result.intact) broken += 1;
    console.log(
      result.intact
        ? `✓ ${name} (${id}): ${result.checked} records, newest hash ${result.head ?? 'none'}`
        : `✗ ${name} (${id}): ${result.reason}`,
    );
  }
  return broken;
}
