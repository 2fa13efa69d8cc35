import { relative } from 'node:path';
import { standsStillSentence } from '../operations/standstill.js';
import type { LocalServer } from './start-local.js';

/** The few lines that a person needs after a start. */
export function summary({ url, access, logFile, standsStillSince }: LocalServer): string {
  const lines = ['', `Halyard is running at ${url}`, ''];
  if (standsStillSince) lines.push(`  ${standsStillSentence(standsStillSince)}`, '');
  if (access) lines.push(`  Sign in    ${access.email}  ${access.password}`);
  if (access?.api_key) lines.push(`  API key    ${access.api_key}`);
  lines.push(`  API docs   ${url}/docs`, `  Log        ${relative(process.cwd(), logFile)}`);
  if (access?.sample)
    lines.push(
      '',
      '  The sailing school has a booking ten days ahead. What its guest will get, and when:',
      `    curl -H 'X-API-Key: ${access.api_key}' ${url}/bookings/${access.sample.booking_id}/plan`,
      '  What was sent already lies in the sandbox inbox:',
      `    curl -H 'X-API-Key: ${access.api_key}' ${url}/sandbox/inbox`,
    );
  return [...lines, '', 'Ctrl-C stops everything.', ''].join('\n');
}
