/**
 * pnpm bench: how fast due messages are dispatched, beside the least that any dispatcher must do, in the same run on the
 * same database. `pnpm bench --messages 20000` for a shorter one; `--profile` writes a CPU profile to bench/results;
 * `--statements` lists what each statement costs PostgreSQL (and is slower by that).
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEmbeddedServer } from '@halyard/postgres/embedded-server';
import { migrate } from '@halyard/postgres/migrate';
import pg from 'pg';
import { scheduleAll, seed } from './seed.ts';
import { serverCpuSeconds } from './server-cpu.ts';
import { countStatements, reportStatements } from './statement-costs.ts';

interface Measured {
  seconds: number;
  /** Of the dispatching process alone, without PostgreSQL and the sink. */
  cpuSeconds: number;
  /** Of PostgreSQL meanwhile; null where the system does not tell. */
  serverCpuSeconds: number | null;
  peakRssMb: number;
}

const { values: options } = parseArgs({
  options: {
    messages: { type: 'string', default: '100000' },
    organizations: { type: 'string', default: '50' },
    profile: { type: 'boolean', default: false },
    statements: { type: 'boolean', default: false },
  },
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
});
const shape = { messages: Number(options.messages), organizations: Number(options.organizations) };
const results = join(import.meta.dirname, 'results');
/** What a rendered mail of this bench weighs as JSON; the ceiling posts as much. */
const payloadBytes = 2_500;

/** V8's young generation grows as long as it may; this bounds it, for both alike. */
const leanHeap = ['--max-semi-space-size=8'];

const folder = await mkdtemp(join(tmpdir(), 'halyard-bench-'));
await chmod(folder, 0o755); // as root the server runs as the user postgres, who must get in
const server = await startEmbeddedServer({
  dataDir: join(folder, 'pg'),
  password: 'bench',
  persistent: false,
  flags: options.statements ? countStatements : [],
});
const sink = fork(join(import.meta.dirname, 'sink.ts'));
try {
  const url = server.urlOf('halyard');
  await migrate(url);
  const [port] = (await once(sink, 'message')) as [number];
  const admin = new pg.Pool({ connectionString: url, max: 2 });
  console.log(`Seeding ${shape.messages} messages of ${shape.organizations} organizations …`);
  await seed(admin, shape);
  const ceiling = await measure('ceiling.ts', [url, port, shape.messages, payloadBytes]);
  await scheduleAll(admin);
  const dispatch = await measure('dispatch.ts', [url, port, shape.messages]);
  await admin.end();
  await report(ceiling, dispatch);
  if (options.statements) await reportStatements(join(folder, 'pg.log'), shape.messages);
} finally {
  sink.kill();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}

async function measure(script: string, args: unknown[]): Promise<Measured> {
  const execArgv = [...leanHeap, ...(options.profile ? ['--cpu-prof', `--cpu-prof-dir=${results}`] : [])];
  const before = await serverCpuSeconds(join(folder, 'pg'));
  const child = fork(join(import.meta.dirname, script), args.map(String), { execArgv });
  const ended = once(child, 'exit');
  const [measured] = (await Promise.race([
    once(child, 'message'),
    ended.then(([code]) => Promise.reject(new Error(`${script} ended with ${code} before it was done.`))),
  ])) as [Omit<Measured, 'serverCpuSeconds'>];
  await ended;
  const after = await serverCpuSeconds(join(folder, 'pg'));
  return { ...measured, serverCpuSeconds: before === null || after === null ? null : after - before };
}

async function report(ceiling: Measured, dispatch: Measured): Promise<void> {
  const perSecond = ({ seconds }: Measured) => Math.round(shape.messages / seconds);
  const ratio = Number((perSecond(dispatch) / perSecond(ceiling)).toFixed(2));
  const row = (measured: Measured) => ({
    'messages/s': perSecond(measured),
    seconds: Number(measured.seconds.toFixed(1)),
    'CPU (s)': Number(measured.cpuSeconds.toFixed(1)),
    'CPU of PostgreSQL (s)': Number(measured.serverCpuSeconds?.toFixed(1)),
    'peak RSS (MB)': Math.round(measured.peakRssMb),
  });
  console.table({ ceiling: row(ceiling), dispatch: row(dispatch) });
  console.log(`ratio ${ratio} (aim: 0.5), peak RSS ${Math.round(dispatch.peakRssMb)} MB (aim: below 400)`);
  await mkdir(results, { recursive: true });
  const at = new Date().toISOString();
  const machine = { node: process.version, cpus: cpus().length, model: cpus()[0]?.model };
  await writeFile(
    join(results, `dispatch-${at.slice(0, 19).replaceAll(':', '-')}.json`),
    `${JSON.stringify({ at, ...shape, machine, ceiling: row(ceiling), dispatch: row(dispatch), ratio }, null, 2)}\n`,
  );
}
