import { CommandFailure } from './failure.js';
import { localDatabaseUrl } from './home.js';

/** DATABASE_URL, else the built-in database of the Halyard that runs here. */
export function databaseUrl(): string {
  const url = process.env.DATABASE_URL || localDatabaseUrl();
  if (!url) throw new CommandFailure('Set DATABASE_URL, or start Halyard here first: npx pnpm@12 start');
  return url;
}
