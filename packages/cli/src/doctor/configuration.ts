import { readSettings, SettingsError } from '@halyard/contracts/settings';
import { localDatabaseUrl, localSecrets } from '../home.js';
import type { Finding } from './finding.js';
import { ok, warning, wrong } from './finding.js';

/** Whether a server would start with these variables, and what is dangerous about them. */
export function checkConfiguration(env: Record<string, string | undefined>): Finding[] {
  const generated = localSecrets();
  const database = localDatabaseUrl();
  try {
    const settings = readSettings({ ...generated, ...(database && { DATABASE_URL: database }), ...env });
    const findings = [ok('The settings can be read.')];
    if (!settings.PUBLIC_URL)
      findings.push(
        warning(
          'PUBLIC_URL is not set.',
          'Set it to the address that people reach: links in messages start with it.',
        ),
      );
    else if (!settings.PUBLIC_URL.startsWith('https:') && !/localhost|127\.0\.0\.1/.test(settings.PUBLIC_URL))
      findings.push(
        warning('PUBLIC_URL is not https.', 'Put a TLS proxy in front: session cookies travel in the clear.'),
      );
    if (settings.HALYARD_ALLOW_PRIVATE_ADDRESSES)
      findings.push(
        warning(
          'Webhooks may reach private addresses.',
          'Unset HALYARD_ALLOW_PRIVATE_ADDRESSES in production.',
        ),
      );
    return findings;
  } catch (error) {
    if (error instanceof SettingsError) return [wrong(error.message, 'Set the variables that are named.')];
    throw error;
  }
}
