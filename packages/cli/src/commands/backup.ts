import { resolve } from 'node:path';
import { Snapshot } from '@halyard/postgres/backup/snapshot';
import { writeBackup } from '@halyard/postgres/backup/write-backup';
import type { Command } from 'commander';
import { databaseUrl } from '../database.js';

export function addBackup(program: Command): void {
  program
    .command('backup')
    .description('write everything in the database into one file, while everything runs')
    .argument('[file]', 'where to', `halyard-${new Date().toISOString().replaceAll(':', '-')}.backup`)
    .action(async (file: string) => {
      const snapshot = await Snapshot.open(databaseUrl());
      try {
        const { bytes, rows, sha256 } = await writeBackup(snapshot, resolve(file));
        console.log(`${rows} rows, ${bytes} bytes, sha256 ${sha256}: ${file}`);
      } finally {
        await snapshot.close();
      }
      console.log(
        'It holds personal data. The keys of what is encrypted in it are not in it: keep .halyard/secrets.json, or HALYARD_SECRET and HALYARD_ENCRYPTION_KEYS, in another safe place.',
      );
    });
}
