/** What each statement costs PostgreSQL, from what it logs about every one: time of the processor, not of the clock. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** Makes the server log the resources of each statement. */
export const countStatements = ['-c', 'log_statement_stats=on', '-c', 'log_line_prefix=%u '];

interface Cost {
  calls: number;
  cpuMs: number;
}

/** Prints the dearest statements of the run, per message. */
export async function reportStatements(logFile: string, messages: number): Promise<void> {
  const costs = new Map<string, Cost>();
  let cpuMs = 0;
  let executed = false;
  let statement: string[] | null = null;
  const keep = () => {
    if (!statement) return;
    const text = statement
      .join(' ')
      .replace(/\s+/g, ' ')
      .replace(/\$\d+(, ?\$\d+)+/g, '$…')
      .trim()
      .slice(0, 150);
    const cost = costs.get(text) ?? { calls: 0, cpuMs: 0 };
    costs.set(text, { calls: cost.calls + (executed ? 1 : 0), cpuMs: cost.cpuMs + cpuMs });
    statement = null;
  };
  for await (const line of createInterface({ input: createReadStream(logFile) })) {
    const usage =
      /^!?\s*!\t([\d.]+) s user, ([\d.]+) s system/.exec(line) ??
      /([\d.]+) s user, ([\d.]+) s system, [\d.]+ s elapsed/.exec(line);
    if (line.includes(' LOG:  ')) {
      keep();
      executed = line.includes('EXECUTE') || line.includes('QUERY STATISTICS');
    } else if (usage) cpuMs = (Number(usage[1]) + Number(usage[2])) * 1_000;
    else if (line.includes(' STATEMENT:  ')) statement = [line.slice(line.indexOf('STATEMENT:') + 11)];
    else statement?.push(line);
  }
  keep();
  const dearest = [...costs].sort(([, a], [, b]) => b.cpuMs - a.cpuMs).slice(0, 40);
  for (const [text, { calls, cpuMs: ms }] of dearest)
    console.log(`${(ms / messages).toFixed(4)} ms  ${String(calls).padStart(6)}×  ${text}`);
}
