import type { Command } from 'commander';
import { CommandFailure } from '../failure.js';
import { check } from '../flows/check.js';
import { difference } from '../flows/difference.js';
import { pull } from '../flows/pull.js';
import { push } from '../flows/push.js';

export function addFlow(program: Command): void {
  const flow = program.command('flow').description('flows as files: check them, bring them here and back');

  flow
    .command('check')
    .description('say what is wrong with flows, each with a case in which it happens; exit code 1 on errors')
    .argument('<paths...>', 'definitions as JSON, or folders as pull writes them')
    .option('--offline', 'ask no server, though one is known')
    .option('--locale <locale>', 'en or de', 'en')
    .option('--json', 'everything, for machines')
    .action(async (paths: string[], options: { offline?: true; locale: string; json?: true }) => {
      const { locale } = options;
      if (locale !== 'en' && locale !== 'de')
        throw new CommandFailure(`There are no sentences in ${locale}. Ask for en or de.`);
      await check(paths, { ...options, locale });
    });

  flow
    .command('pull')
    .description('write all flows, and the templates they use, into a folder')
    .argument('[folder]', 'where to', '.')
    .option('--force', 'write over files that were changed here')
    .action(pull);

  flow
    .command('push')
    .description('bring flows and their templates to the server, as drafts')
    .argument('[path]', 'a folder, or one file in its flows/', '.')
    .option('--publish', 'publish what is a draft then')
    .option('--force', 'write over what was changed on the server since it was pulled')
    .action(push);

  flow
    .command('diff')
    .description('print what a push would change, step by step; exit code 1 when there is anything')
    .argument('[path]', 'a folder, or one file in its flows/', '.')
    .action(difference);
}
