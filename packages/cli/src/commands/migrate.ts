import { migrate } from '@halyard/postgres/migrate';
import type { Command } from 'commander';
import { databaseUrl } from '../database.js';

export function addMigrate(program: Command): void {
  program
    .command('migrate')
    .description('bring the database up to date (DATABASE_URL must be its owner)')
    .action(async () => {
      const { applied, already } = await migrate(databaseUrl());
      for (const name of applied) console.log(`applied ${name}`);
      console.log(
        applied.length
          ? 'The database is up to date.'
          : `Nothing to do: all ${already} migrations are there.`,
      );
    });
}
