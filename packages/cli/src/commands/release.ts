import { releaseRestored } from '@halyard/postgres/backup/release-restored';
import { Database } from '@halyard/postgres/database';
import type { Command } from 'commander';
import { databaseUrl } from '../database.js';

export function addRelease(program: Command): void {
  program
    .command('release')
    .description('let a restored installation go on; what was due since its backup waits for a person')
    .action(async () => {
      const database = await Database.open(databaseUrl(), 'halyard_worker', 1);
      try {
        const held = await releaseRestored(database);
        if (!held) return console.log('Nothing to do: this installation does not stand still.');
        for (const [what, n] of Object.entries(held)) if (n) console.log(`${what}: ${n}`);
        console.log(
          Object.values(held).some(Boolean)
            ? 'These may have been done before the restore, so they are not done by themselves: docs/operations.md says where each waits.'
            : 'Nothing else was due since the backup.',
        );
        console.log('Halyard goes on within seconds.');
      } finally {
        await database.close();
      }
    });
}
