import type { Command } from 'commander';
import { target } from '../connect.js';
import { CommandFailure } from '../failure.js';

export function addStatus(program: Command): void {
  program
    .command('status')
    .description('whether the server runs and can work')
    .action(async () => {
      const { url } = target();
      const response = await fetch(new URL('/ready', url)).catch(() => {
        throw new CommandFailure(`Halyard does not answer at ${url}. Start it, or set HALYARD_URL.`);
      });
      const { status, checks, warnings } = (await response.json()) as {
        status: string;
        checks: Record<string, string>;
        warnings?: string[];
      };
      console.log(`${url}: ${status}`);
      for (const [name, result] of Object.entries(checks)) console.log(`  ${name}: ${result}`);
      for (const warning of warnings ?? []) console.log(`  ${warning}`);
      if (!response.ok) throw new CommandFailure('Not ready. `halyard doctor` says what to do.');
    });
}
