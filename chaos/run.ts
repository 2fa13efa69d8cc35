/**
 * pnpm chaos: breaks Halyard in every way of the fault table and balances what went in with what came out. It prints its
 * seed; `--seed N` replays the same choices, `--row <name>` plays only that row, `--hurried` does not wait for leases,
 * `--write` puts the table into docs/reliability.md.
 */
import { parseArgs } from 'node:util';
import { ChaosServer } from './database.ts';
import { playRow } from './play-row.ts';
import type { Verdict } from './row.ts';
import { rows } from './rows.ts';

const { values: options } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    row: { type: 'string', multiple: true },
    scale: { type: 'string', default: '5' },
    hurried: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
});
const seed = Number(options.seed);
const chosen = rows.filter(({ name }) => !options.row || options.row.includes(name));
if (chosen.length === 0) throw new Error(`There are these rows: ${rows.map(({ name }) => name).join(', ')}.`);

console.log(`seed ${seed}`);
const server = await ChaosServer.start();
const verdicts: Verdict[] = [];
try {
  for (const row of chosen) {
    const verdict = await playRow(row, server, {
      seed,
      scale: Number(options.scale),
      hurried: options.hurried,
      ...(options.verbose && {
        tell: (text: string) => console.log(`${new Date().toISOString().slice(14, 23)} ${text}`),
      }),
    });
    verdicts.push(verdict);
    show(verdict);
  }
} finally {
  await server.stop();
}
process.exitCode = verdicts.some(({ failures }) => failures.length) ? 1 : 0;

function show({ row, balance, seconds, failures }: Verdict): void {
  const { details: _, ...figures } = balance;
  console.log(`${failures.length ? 'RED  ' : 'green'} ${row.name}, ${seconds.toFixed(1)} s`, figures);
  for (const failure of failures.slice(0, 20)) console.log(`      ${failure}`);
}
