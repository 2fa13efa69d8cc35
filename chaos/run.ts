/**
 * pnpm chaos: breaks Halyard in every way of the fault table and balances what went in with what came out. It prints its
 * seed; `--seed N` replays the same choices and `--row <name>` plays only that row. `--minutes n` goes on with further
 * seeds for so long, `--write` puts the table into docs/reliability.md, `--hurried --scale 1` is the form of CI.
 */
import { parseArgs } from 'node:util';
import { ChaosServer } from './database.ts';
import { playRow } from './play-row.ts';
import { commitHere, writeReport } from './report.ts';
import type { Row, Verdict } from './row.ts';
import { rows } from './rows.ts';

const given = process.argv.slice(2).filter((argument) => argument !== '--');
const { values: options } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    row: { type: 'string', multiple: true },
    minutes: { type: 'string', default: '0' },
    scale: { type: 'string', default: '2' },
    hurried: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
  args: given,
});
const chosen = rows.filter(({ name }) => !options.row || options.row.includes(name));
if (chosen.length === 0) throw new Error(`There are these rows: ${rows.map(({ name }) => name).join(', ')}.`);

// What was started ends with us, when somebody interrupts.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

// What a row that failed left under way fails, too; the rows after it are played all the same, and the run is red.
let leftOver = false;
process.on('unhandledRejection', (error) => {
  leftOver = true;
  console.log(`      left over: ${error}`);
});

const started = Date.now();
const minutes = () => (Date.now() - started) / 60_000;
const seeds: number[] = [];
const verdicts: Verdict[] = [];
const skipped = new Set<string>();
const commit = commitHere();
const server = await ChaosServer.start();
try {
  do {
    const seed = Number(options.seed) + seeds.length;
    seeds.push(seed);
    console.log(`seed ${seed}`);
    for (const row of chosen) {
      await play(row, seed);
      if (options.write) await write(); // after each, so that a run that is broken off leaves what it saw
    }
  } while (minutes() < Number(options.minutes));
} finally {
  await server.stop();
}
process.exitCode = leftOver || verdicts.some(({ failures }) => failures.length) ? 1 : 0;

async function write(): Promise<void> {
  const command = ['pnpm chaos', ...given.filter((argument) => argument !== '--write')].join(' ');
  const postgres = await server.version();
  writeReport(verdicts, { seeds, minutes: minutes(), postgres, command, commit, skipped: [...skipped] });
}

async function play(row: Row, seed: number): Promise<void> {
  const missing = await row.missing?.();
  if (missing) {
    if (!skipped.has(`${row.name}, ${missing}`)) console.log(`skipped ${row.name}: ${missing}`);
    skipped.add(`${row.name}, ${missing}`);
    return;
  }
  const tell = (text: string) => console.log(`${new Date().toISOString().slice(14, 23)} ${text}`);
  const form = { seed, scale: Number(options.scale), hurried: options.hurried };
  const verdict = await playRow(row, server, options.verbose ? { ...form, tell } : form);
  verdicts.push(verdict);
  show(verdict);
}

function show({ row, balance, seconds, failures }: Verdict): void {
  const { lost, duplicated, unknown, inFlight, recoverySeconds, worstLatenessSeconds } = balance;
  console.log(
    `${failures.length ? 'RED  ' : 'green'} ${row.name}: ${balance.acknowledged} inputs, ${balance.messages} messages,`,
    `lost ${lost}, duplicated ${duplicated}, unknown ${unknown} of ${inFlight} under way;`,
    `recovered after ${recoverySeconds.toFixed(1)} s, at most ${worstLatenessSeconds.toFixed(1)} s late; ${seconds.toFixed(0)} s`,
  );
  for (const failure of failures.slice(0, 20)) console.log(`      ${failure}`);
}
