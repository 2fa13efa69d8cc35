import type { Issue } from './domain-error.js';

/** An input of many that does not have the shape of its kind. */
export interface Misshapen {
  kind: 'refused';
  code: 'invalid_request';
  detail: string;
  issues: Issue[];
}

/** The refusal of such an input, from what its schema found. */
export function misshapen(found: readonly { path: PropertyKey[]; message: string }[]): Misshapen {
  const issues = found.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
  const detail = issues.map(({ path, message }) => (path ? `${path}: ${message}` : message))[0];
  return {
    kind: 'refused',
    code: 'invalid_request',
    detail: detail ?? 'It does not have the expected shape.',
    issues,
  };
}
