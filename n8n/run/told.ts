import { relative } from 'node:path';
import type { Beside } from './beside.ts';

/** The few lines that a person needs after n8n was started beside Halyard. */
export function told({ url, email, password, callersToken, pushed, logFile }: Beside): string {
  const lines = [
    '',
    `n8n is running at ${url}`,
    '',
    `  Sign in    ${email}  ${password}`,
    `  Hooks      ${url}/webhook/…  with the header  Authorization: Bearer ${callersToken}`,
    `  Log        ${relative(process.cwd(), logFile)}`,
    `  Workflows  ${counted(pushed)}`,
  ];
  for (const { key, notes } of pushed) for (const note of notes) lines.push(`    ${key}: ${note}`);
  const wanted = wantedBy(pushed);
  if (wanted.size) lines.push('', '  Some wait for a credential. Make it in n8n, then: ./halyard n8n push');
  for (const [credential, keys] of wanted) lines.push(`    ${credential} for ${[...keys].join(', ')}`);
  const off = pushed.filter(
    ({ id, active, lacking, notes }) => id && !active && !lacking.length && !notes.length,
  );
  if (off.length)
    lines.push('', `  Off until you switch them on in n8n: ${off.map(({ key }) => key).join(', ')}`);
  lines.push('', '  What was changed where: ./halyard n8n status', '', 'Ctrl-C stops it.', '');
  return lines.join('\n');
}

function counted(pushed: Beside['pushed']): string {
  const kinds = [...new Set(pushed.map(({ done }) => done))].sort();
  const counts = kinds.map((kind) => `${pushed.filter(({ done }) => done === kind).length} ${kind}`);
  return `${counts.join(', ')}; ${pushed.filter(({ active }) => active).length} of ${pushed.length} active`;
}

/** The workflows that wait for each credential. */
function wantedBy(pushed: Beside['pushed']): Map<string, Set<string>> {
  const wanted = new Map<string, Set<string>>();
  for (const { key, lacking } of pushed)
    for (const { type, name } of lacking) {
      const credential = `${name} (${type})`;
      wanted.set(credential, (wanted.get(credential) ?? new Set()).add(key));
    }
  return wanted;
}
