import { SettingsError } from '@halyard/contracts/settings';
import { DatabaseUnusable } from '@halyard/postgres/migrate';

/** Halyard cannot start here; the message is one sentence or two and says what to do. */
export class StartFailure extends Error {
  override readonly name = 'StartFailure';
}

/** What to print when the start failed: the sentence for what the surroundings cause, the stack for what we cause. */
export function explainFailure(error: unknown): string {
  const told = [StartFailure, SettingsError, DatabaseUnusable].some((kind) => error instanceof kind);
  if (told) return (error as Error).message;
  return `Halyard could not start: ${error instanceof Error ? error.stack : String(error)}`;
}
