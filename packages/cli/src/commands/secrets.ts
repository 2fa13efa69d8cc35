import type { Rotation } from '@halyard/core/connections/rotate-secrets';
import { rotateSecrets } from '@halyard/core/connections/rotate-secrets';
import { SecretBox, SecretBoxError } from '@halyard/core/connections/secret-box';
import { Database } from '@halyard/postgres/database';
import { PgSealedSecrets } from '@halyard/postgres/sealed-secrets';
import type { Command } from 'commander';
import { databaseUrl } from '../database.js';
import { CommandFailure } from '../failure.js';
import { localSecrets } from '../home.js';

export function addSecrets(program: Command): void {
  program
    .command('secrets')
    .description('the encrypted secrets of connections, endpoints and sources')
    .command('rotate')
    .description('seal every secret with the first key of HALYARD_ENCRYPTION_KEYS, while everything runs')
    .action(async () => {
      const box = openBox();
      const database = await Database.open(databaseUrl(), 'halyard_worker', 2);
      try {
        const tables = (['connections', 'endpoints', 'outreach_sources'] as const).map(
          (name) => new PgSealedSecrets(database, name),
        );
        const rotations = await rotateSecrets(box, tables);
        for (const rotation of rotations) tell(rotation);
        if (rotations.some(({ failed }) => failed.length > 0))
          throw new CommandFailure('Keep the older keys: the secrets above still need them.');
        console.log(`Every secret is sealed with "${box.newestKeyId}". Older keys may be removed.`);
      } finally {
        await database.close();
      }
    });
}

function openBox(): SecretBox {
  const keys = process.env.HALYARD_ENCRYPTION_KEYS || localSecrets().HALYARD_ENCRYPTION_KEYS || '';
  try {
    return new SecretBox(keys);
  } catch (error) {
    if (error instanceof SecretBoxError) throw new CommandFailure(error.message);
    throw error;
  }
}

function tell({ name, resealed, changedMeanwhile, failed }: Rotation): void {
  console.log(
    `${name}: ${resealed} sealed anew, ${changedMeanwhile} changed meanwhile, ${failed.length} failed`,
  );
  for (const { orgId, id, reason } of failed) console.log(`  organization ${orgId}, ${id}: ${reason}`);
}
