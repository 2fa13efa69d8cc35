import type { Command } from 'commander';
import { answer, connect } from '../connect.js';
import { table } from '../table.js';

export function addInbox(program: Command): void {
  program
    .command('inbox')
    .description('what arrived in the sandbox, newest first')
    .option('--limit <n>', 'how many', '20')
    .action(async ({ limit }: { limit: string }) => {
      const query = { limit: Number(limit) };
      const { items } = answer(await connect().GET('/sandbox/inbox', { params: { query } }));
      const rows = items.map((item) => [
        item.received_at.slice(0, 19).replace('T', ' '),
        item.channel,
        item.recipient,
        item.subject ?? '',
        item.message_id,
      ]);
      console.log(
        rows.length
          ? table([['RECEIVED (UTC)', 'CHANNEL', 'TO', 'SUBJECT', 'MESSAGE'], ...rows])
          : 'Nothing has arrived in the sandbox yet.',
      );
    });
}
