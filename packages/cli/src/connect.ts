import type { HalyardClient, Problem } from '@halyard/client/client';
import { createHalyard } from '@halyard/client/client';
import { CommandFailure } from './failure.js';
import { localAccess } from './home.js';

export interface Target {
  url: string;
  apiKey: string | null;
}

/** HALYARD_URL and HALYARD_API_KEY, else what `pnpm start` made here. */
export function target(): Target {
  const local = localAccess();
  const url = process.env.HALYARD_URL || local?.url;
  if (!url)
    throw new CommandFailure(
      'Say where Halyard runs: set HALYARD_URL and HALYARD_API_KEY, or start one here with: npx pnpm@12 start',
    );
  // A key of this folder is of no use elsewhere, and nobody else's business.
  const ownKey = url === local?.url ? local.api_key : undefined;
  return { url, apiKey: process.env.HALYARD_API_KEY || ownKey || null };
}

/** Whether it is known where Halyard runs, and by which key. */
export const isReachedFromHere = (): boolean =>
  Boolean(process.env.HALYARD_URL || localAccess()) && target().apiKey !== null;

/** A client with an API key. */
export function connect(): HalyardClient {
  const { url, apiKey } = target();
  if (!apiKey) throw new CommandFailure('Set HALYARD_API_KEY to an API key: halyard keys create');
  return createHalyard({ url, apiKey, fetch: reaching(url) });
}

/** A client that is signed in as a person: what only people may do, such as making keys. */
export async function connectAsPerson(): Promise<HalyardClient> {
  const { url } = target();
  const local = localAccess();
  const email = process.env.HALYARD_EMAIL || local?.email;
  const password = process.env.HALYARD_PASSWORD || local?.password;
  if (!email || !password)
    throw new CommandFailure('This needs a person: set HALYARD_EMAIL and HALYARD_PASSWORD of an admin.');
  const anonymous = createHalyard({ url, fetch: reaching(url) });
  const { token } = answer(await anonymous.POST('/auth/login', { body: { email, password } }));
  const organizationId = process.env.HALYARD_ORGANIZATION_ID;
  return createHalyard({ url, token, ...(organizationId && { organizationId }), fetch: reaching(url) });
}

/** What was answered, or a failure that says what the server said. */
export function answer<T>(result: { data?: T; error?: unknown; response: Response }): T {
  if (result.error === undefined) return result.data as T;
  const problem = result.error as Partial<Problem>;
  const fields = (problem.errors ?? []).map((each) => `\n  ${each.path}: ${each.message}`).join('');
  throw new CommandFailure(
    problem.detail
      ? `${problem.detail}${fields} (${problem.code})`
      : `The server answered ${result.response.status} ${result.response.statusText}.`,
  );
}

const reaching = (url: string) => async (request: Request) => {
  try {
    return await fetch(request);
  } catch (error) {
    const { cause } = error as { cause?: { code?: string } };
    throw new CommandFailure(
      `Halyard cannot be reached at ${url} (${cause?.code ?? (error as Error).message}). Start it, or set HALYARD_URL.`,
    );
  }
};
