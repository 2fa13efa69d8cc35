import { scopes } from '@halyard/contracts/route';
import { expect, test } from 'vitest';
import { scopesByArea } from './scopes';

test('every scope of the contract can be chosen, under the area that its name begins with', () => {
  expect(scopesByArea.flatMap(([, own]) => own).sort()).toEqual([...scopes].sort());
  for (const [area, own] of scopesByArea) for (const scope of own) expect(scope.split(':')[0]).toBe(area);
});
