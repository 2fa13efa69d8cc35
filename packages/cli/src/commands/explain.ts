import { ExplainLocale } from '@halyard/contracts/explain/parts';
import type { Command } from 'commander';
import { answer, connect } from '../connect.js';
import { CommandFailure } from '../failure.js';
import { flowNamed } from '../flow-named.js';

interface Shown {
  locale?: string;
  json?: true;
}

export function addExplain(program: Command): void {
  const explain = program.command('explain').description('why a message or a contact is where it is');

  shown(explain.command('message').description('the whole story of a message'))
    .argument('<id>', 'of the message')
    .action(async (id: string, options: Shown) => {
      const told = answer(
        await connect().GET('/messages/{id}/explain', {
          params: { path: { id }, query: languageOf(options) },
        }),
      );
      if (options.json) return console.log(JSON.stringify(told, null, 2));
      for (const { at, sentence } of told.story) console.log(`${at}  ${sentence}`);
      console.log(`\n${told.sentences.at(-1)}`);
    });

  shown(
    explain.command('flow').description('why a contact did not enter a flow, is waiting in it, or left it'),
  )
    .argument('<flow>', 'its key or id')
    .requiredOption('--contact <contact>', 'id, external id or address')
    .option('--event <id>', 'the event that is asked about; the latest one when left out')
    .action(async (flow: string, options: Shown & { contact: string; event?: string }) => {
      const client = connect();
      const { contact, event } = options;
      const query = { contact, ...(event !== undefined && { event }), ...languageOf(options) };
      const told = answer(
        await client.GET('/flows/{id}/explain', {
          params: { path: { id: await flowNamed(client, flow) }, query },
        }),
      );
      if (options.json) return console.log(JSON.stringify(told, null, 2));
      console.log(told.sentences.join('\n'));
      for (const { at, sentence } of told.path) console.log(`${at}  ${sentence}`);
    });
}

const shown = (command: Command): Command =>
  command
    .option('--locale <locale>', ExplainLocale.options.join(', '))
    .option('--json', 'everything, for machines');

function languageOf({ locale }: Shown): { locale?: ExplainLocale } {
  if (locale === undefined) return {};
  const known = ExplainLocale.safeParse(locale);
  if (known.success) return { locale: known.data };
  throw new CommandFailure(
    `There are no sentences in ${locale}. Ask for ${ExplainLocale.options.join(' or ')}.`,
  );
}
