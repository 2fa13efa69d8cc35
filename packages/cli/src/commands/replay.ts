import type { HalyardClient } from '@halyard/client/client';
import { ReviewKind } from '@halyard/contracts/review/routes';
import type { Command } from 'commander';
import { answer, connect } from '../connect.js';
import { CommandFailure } from '../failure.js';
import { table } from '../table.js';

export function addReplay(program: Command): void {
  const replay = program.command('replay').description('try again what failed');

  replay
    .command('list')
    .description('what a person must look at')
    .option('--kind <kind>', ReviewKind.options.join(', '))
    .action(async ({ kind }: { kind?: string }) => {
      const query = { limit: 200, ...(kind !== undefined && { kind: kindOf(kind) }) };
      const { items } = answer(await connect().GET('/review-items', { params: { query } }));
      const rows = items.map((item) => [
        item.id,
        item.kind,
        `${item.subject.type} ${item.subject.id}`,
        item.reason,
      ]);
      console.log(rows.length ? table([['ID', 'KIND', 'ABOUT', 'REASON'], ...rows]) : 'Nothing is open.');
    });

  replay
    .command('item')
    .description('try one review item again')
    .argument('<id>', 'as shown by list')
    .option('--confirm', 'also when the person may have got it already')
    .action(async (id: string, { confirm = false }: { confirm?: boolean }) => {
      const item = answer(
        await connect().POST('/review-items/{id}/replay', { params: { path: { id } }, body: { confirm } }),
      );
      console.log(`Tried again: ${item.subject.type} ${item.subject.id}`);
    });

  replay
    .command('all')
    .description('try all open items of a kind again')
    .argument('<kind>', ReviewKind.options.join(', '))
    .option('--confirm', 'also where the person may have got it already')
    .action(async (kind: string, { confirm = false }: { confirm?: boolean }) => {
      const { replayed, refused } = await replayAll(connect(), kindOf(kind), confirm);
      console.log(`${replayed} tried again, ${refused} refused.`);
      if (refused) throw new CommandFailure('What was refused stays open. `halyard replay list` says why.');
    });

  replay
    .command('delivery')
    .description('deliver one webhook again')
    .argument('<id>', 'of the delivery')
    .action(async (id: string) => {
      answer(await connect().POST('/deliveries/{id}/replay', { params: { path: { id } } }));
      console.log('It is delivered again now.');
    });

  replay
    .command('endpoint')
    .description('deliver to an endpoint again what it was told since a time')
    .argument('<id>', 'of the endpoint')
    .requiredOption('--since <instant>', 'such as 2026-05-01T00:00:00Z')
    .option('--failed-only', 'leave out what arrived')
    .action(async (id: string, { since, failedOnly = false }: { since: string; failedOnly?: boolean }) => {
      const { replayed } = answer(
        await connect().POST('/endpoints/{id}/replay', {
          params: { path: { id } },
          body: { since, failed_only: failedOnly },
        }),
      );
      console.log(`${replayed} deliveries go out again.`);
    });
}

function kindOf(given: string): ReviewKind {
  const kind = ReviewKind.safeParse(given);
  if (kind.success) return kind.data;
  throw new CommandFailure(`There is no kind ${given}. The kinds are: ${ReviewKind.options.join(', ')}`);
}

/** A call takes a thousand at most, and goes on after those that the one before looked at. */
async function replayAll(
  client: HalyardClient,
  kind: ReviewKind,
  confirm: boolean,
): Promise<{ replayed: number; refused: number }> {
  const total = { replayed: 0, refused: 0 };
  let cursor: string | null = null;
  do {
    const body = { kind, confirm, ...(cursor && { cursor }) };
    const done: { replayed: number; refused: number; next_cursor: string | null } = answer(
      await client.POST('/review-items/replay', { body }),
    );
    total.replayed += done.replayed;
    total.refused += done.refused;
    cursor = done.next_cursor;
  } while (cursor);
  return total;
}
