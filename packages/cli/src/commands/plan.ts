import type { Command } from 'commander';
import { answer, connect } from '../connect.js';
import { table } from '../table.js';

export function addPlan(program: Command): void {
  program
    .command('plan')
    .description('what a booking means to say, and when')
    .argument('<booking>', 'its id')
    .action(async (id: string) => {
      const { items, pending_events: pending } = answer(
        await connect().GET('/bookings/{id}/plan', { params: { path: { id } } }),
      );
      const rows = items.map((item) => [
        `${item.local_time.slice(0, 16).replace('T', ' ')} ${item.time_zone}`,
        item.channels.join(', '),
        item.step?.name ?? item.step?.id ?? item.source,
        [item.status, item.reason && `(${item.reason})`, item.moved && 'moved'].filter(Boolean).join(' '),
      ]);
      console.log(
        rows.length ? table([['WHEN', 'CHANNEL', 'MESSAGE', 'STATE'], ...rows]) : 'Nothing is planned.',
      );
      if (pending) console.log('Something just happened and is being decided; look again in a moment.');
    });
}
