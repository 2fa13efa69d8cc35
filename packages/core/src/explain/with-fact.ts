import type { Facts } from '../conditions/evaluate.js';

/** The facts with another value at a path; what is missing on the way is made. Null stands for "not there". */
export function withFact(facts: Facts, path: string, value: unknown): Facts {
  const [name = '', ...rest] = path.split('.');
  if (rest.length === 0) return { ...facts, [name]: value };
  const inner = Object.hasOwn(facts, name) ? facts[name] : null;
  const tree = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? inner : {};
  return { ...facts, [name]: withFact(tree as Facts, rest.join('.'), value) };
}
