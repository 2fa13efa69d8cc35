/**
 * pnpm bench [name…]: how fast Halyard is, each figure beside its ceiling: what a bare loop reaches in the same run that
 * does only the unavoidable I/O. Without names all benches run. `--quick` takes small counts, to see that they run;
 * `--profile` writes CPU profiles to bench/results; `--statements` lists what each statement costs PostgreSQL.
 */
import { parseArgs } from 'node:util';
import { contacts } from './contacts.ts';
import { dispatchRate, smtpRate } from './dispatch-rate.ts';
import { events } from './events.ts';
import { Bed } from './frame/bed.ts';
import type { Bench, BenchOptions } from './frame/bench.ts';
import { circumstances, keepResult, printTable } from './frame/report.ts';
import { growth } from './growth.ts';
import { lateness } from './lateness.ts';
import { mailLatency } from './mail-latency.ts';
import { planLatency } from './plan-latency.ts';
import { scaleOut } from './scale-out.ts';
import { simulation } from './simulate.ts';

const benches: Bench[] = [
  dispatchRate,
  smtpRate,
  simulation,
  events,
  contacts,
  mailLatency,
  planLatency,
  lateness,
  growth,
  scaleOut,
];

const { values: options, positionals: names } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    statements: { type: 'boolean', default: false },
  },
  allowPositionals: true,
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
});
const unknown = names.filter((name) => !benches.some((bench) => bench.name === name));
if (unknown.length) {
  console.error(
    `There is no bench ${unknown.join(', ')}. Choose from: ${benches.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(1);
}

const failed: string[] = [];
for (const bench of benches.filter(({ name }) => names.length === 0 || names.includes(name)))
  await runOne(bench, options).catch((error: unknown) => {
    failed.push(bench.name); // the others still run
    console.error(`${bench.name} failed:`, error);
  });
if (failed.length) {
  console.error(`Failed: ${failed.join(', ')}.`);
  process.exitCode = 1;
}

async function runOne(bench: Bench, options: BenchOptions): Promise<void> {
  console.log(`\n${bench.name} …`);
  const began = performance.now();
  const bed = await Bed.open(options);
  try {
    const figures = await bench.run(bed, options);
    const took = (performance.now() - began) / 1000;
    printTable(figures);
    await keepResult(bench.name, options.quick, took, await circumstances(bed.owner), figures);
    console.log(`${bench.name} took ${Math.round(took)} s.`);
  } finally {
    await bed.close();
  }
}
