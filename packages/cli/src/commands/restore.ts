import { restoreBackup } from '@halyard/postgres/backup/restore-backup';
import type { Command } from 'commander';
import { withEmptyDatabase } from '../built-in-database.js';

export function addRestore(program: Command): void {
  program
    .command('restore')
    .description('fill an empty database (DATABASE_URL, else a new built-in one) from a backup')
    .argument('<file>', 'a file that halyard backup made')
    .action((file: string) =>
      withEmptyDatabase(async (url) => {
        const { header, tables, rows } = await restoreBackup(url, file);
        console.log(`${rows} rows of ${tables} tables are restored, as they were at ${header.taken_at}.`);
        console.log(
          'Nothing goes out yet. Start Halyard, look at it, then let it go on with: halyard release',
        );
      }),
    );
}
