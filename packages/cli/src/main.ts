#!/usr/bin/env node
import { BackupFailure } from '@halyard/postgres/backup/archive';
import { DatabaseUnusable } from '@halyard/postgres/migrate';
import { Command } from 'commander';
import { addAudit } from './commands/audit.js';
import { addBackup } from './commands/backup.js';
import { addDoctor } from './commands/doctor.js';
import { addExplain } from './commands/explain.js';
import { addFlow } from './commands/flow.js';
import { addImport } from './commands/import.js';
import { addInbox } from './commands/inbox.js';
import { addKeys } from './commands/keys.js';
import { addMails } from './commands/mails.js';
import { addMigrate } from './commands/migrate.js';
import { addN8n } from './commands/n8n.js';
import { addPlan } from './commands/plan.js';
import { addRelease } from './commands/release.js';
import { addReplay } from './commands/replay.js';
import { addRestore } from './commands/restore.js';
import { addSecrets } from './commands/secrets.js';
import { addSimulate } from './commands/simulate.js';
import { addStatus } from './commands/status.js';
import { CommandFailure } from './failure.js';

const program = new Command('halyard')
  .description('What an operator of Halyard needs')
  .addHelpText(
    'after',
    `
Where: HALYARD_URL and HALYARD_API_KEY (HALYARD_EMAIL and HALYARD_PASSWORD for keys), or the Halyard that was started
in this folder. doctor, migrate, backup, restore, release, audit and secrets open the database themselves: DATABASE_URL; mails reads HALYARD_MAIL_FILE.`,
  )
  .showHelpAfterError('(halyard --help lists the commands)');

for (const add of [
  addStatus,
  addDoctor,
  addPlan,
  addInbox,
  addKeys,
  addImport,
  addReplay,
  addSimulate,
  addExplain,
  addFlow,
  addN8n,
  addMails,
  addMigrate,
  addBackup,
  addRestore,
  addRelease,
  addAudit,
  addSecrets,
])
  add(program);

try {
  await program.parseAsync();
} catch (error) {
  const told = [CommandFailure, DatabaseUnusable, BackupFailure].some((kind) => error instanceof kind);
  console.error(told ? (error as Error).message : error);
  process.exitCode = 1;
}
