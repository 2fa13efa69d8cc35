import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Verdict } from './row.ts';

const page = join(import.meta.dirname, '../docs/reliability.md');
const begin = '<!-- pnpm chaos writes from here -->';
const end = '<!-- to here -->';

export interface Run {
  seeds: readonly number[];
  minutes: number;
  postgres: string;
  command: string;
  commit: string;
  /** Rows that could not be played here, each with the reason. */
  skipped: readonly string[];
}

/** Puts the measured table into docs/reliability.md, with what it was measured on. */
export function writeReport(verdicts: readonly Verdict[], run: Run): void {
  const text = readFileSync(page, 'utf8');
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error(`docs/reliability.md has no place for the table: put "${begin}" and "${end}" into it.`);
  writeFileSync(
    page,
    `${before}${begin}\n\n${tableOf(verdicts)}\n\n${described(verdicts, run)}\n\n${end}${after}`,
  );
}

/** One line for each row, over all of its runs. */
export function tableOf(verdicts: readonly Verdict[]): string {
  const byRow = Map.groupBy(verdicts, ({ row }) => row);
  const lines = [...byRow].map(([row, runs]) => {
    const sum = (of: (verdict: Verdict) => number) => runs.reduce((total, one) => total + of(one), 0);
    const most = (of: (verdict: Verdict) => number) => Math.max(...runs.map(of)).toFixed(1);
    const red = runs.filter(({ failures }) => failures.length).length;
    return [
      row.fault,
      runs.length,
      sum(({ balance }) => balance.faults),
      sum(({ balance }) => balance.acknowledged),
      sum(({ balance }) => balance.messages),
      sum(({ balance }) => balance.lost),
      sum(({ balance }) => balance.duplicated),
      `${sum(({ balance }) => balance.unknown)} of ${sum(({ balance }) => balance.inFlight)}`,
      most(({ balance }) => balance.recoverySeconds),
      most(({ balance }) => balance.worstLatenessSeconds),
      red ? `**${red} red**` : 'green',
    ];
  });
  const head = [
    'what was broken',
    'runs',
    'faults',
    'inputs acknowledged',
    'messages received',
    'lost',
    'duplicated',
    'unknown, of sends under way',
    'recovered after (s)',
    'worst lateness (s)',
    '',
  ];
  const cells = (values: readonly unknown[]) => `| ${values.join(' | ')} |`;
  return [cells(head), cells(head.map(() => '---')), ...lines.map(cells)].join('\n');
}

function described(
  verdicts: readonly Verdict[],
  { seeds, minutes, postgres, command, commit, skipped }: Run,
): string {
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB of memory`;
  const machine = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${memory}`;
  const software = `Node ${process.versions.node}, PostgreSQL ${postgres}`;
  const lines = [
    `\`${command}\` took ${minutes.toFixed(0)} minutes on ${new Date().toISOString().slice(0, 10)}: seed ${seeds.join(', ')}; commit ${commit}; ${machine}; ${software}.`,
    ...skipped.map((row) => `Not played: ${row}.`),
    ...verdicts.flatMap(redness),
  ];
  return lines.join('\n\n');
}

/** Why a row was red, and how to see it again. */
function redness({ row, seed, failures: [first, ...more] }: Verdict): string[] {
  if (!first) return [];
  const why = first.split('\n')[0]?.slice(0, 200);
  return [`Red: \`${row.name}\` with seed ${seed}: ${why}${more.length ? ` (and ${more.length} more)` : ''}`];
}

/** Of what is here now; to be asked before anything is written. */
export function commitHere(): string {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim();
  const changed = git('status', '--porcelain', '--untracked-files=no') ? ', with changes' : '';
  return git('rev-parse', '--short', 'HEAD') + changed;
}
