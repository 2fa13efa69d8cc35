import { relative } from 'node:path';
import type { Beside } from './beside.ts';

/** The few lines that a person needs after n8n was started beside Halyard. */
export function told({ url, email, password, pushed, logFile }: Beside): string {
  const lines = ['', `n8n is running at ${url}`, '', `  Sign in    ${email}  ${password}`];
  lines.push(`  Log        ${relative(process.cwd(), logFile)}`, '', `  Workflows  ${counted(pushed)}`);
  for (const { key, notes } of pushed) for (const note of notes) lines.push(`    ${key}: ${note}`);
  lines.push('', '  What was changed where: ./halyard n8n status', '', 'Ctrl-C stops it.', '');
  return lines.join('\n');
}

function counted(pushed: Beside['pushed']): string {
  const kinds = [...new Set(pushed.map(({ done }) => done))].sort();
  const counts = kinds.map((kind) => `${pushed.filter(({ done }) => done === kind).length} ${kind}`);
  return `${counts.join(', ')}; ${pushed.filter(({ active }) => active).length} of ${pushed.length} active`;
}
