import type { Problem } from '@halyard/client/client';
import type { ProblemCode } from '@halyard/contracts/problems';

/** What the API refused, as an error that queries can carry. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title);
  }
}

interface Told {
  code: ProblemCode | 'unreachable';
  detail: string;
  requestId: string | null;
}

/** What to tell of an error; one that is no answer of the API means that it cannot be reached. */
export function problemOf(error: unknown): Told {
  if (!(error instanceof Refused)) return { code: 'unreachable', detail: '', requestId: null };
  const { code, detail, request_id } = error.problem;
  return { code: code as ProblemCode, detail: detail ?? '', requestId: request_id ?? null };
}

export const isRefused = (error: unknown, code: ProblemCode): boolean =>
  error instanceof Refused && error.problem.code === code;

/** The data of an answer of the client; throws `Refused` when there is a problem instead. */
export async function answerOf<T>(call: Promise<{ data?: T; error?: unknown }>): Promise<T> {
  const { data, error } = await call;
  if (error !== undefined) throw new Refused(error as Problem);
  return data as T;
}

/** What the API says of single fields of a form, by the path of the field in what was sent: `settings.host`. */
export function issuesOf(error: unknown): Readonly<Record<string, string>> {
  const issues = error instanceof Refused ? (error.problem.errors ?? []) : [];
  return Object.fromEntries(issues.map(({ path, message }) => [path.replace(/^body\./, ''), message]));
}
