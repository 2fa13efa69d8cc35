import { expect, test } from 'vitest';
import type { PersonAct } from './person.js';
import { refusalOf, statusAfter } from './person.js';

const now = new Date('2026-05-01T10:00:00Z');
const acknowledge: PersonAct = { kind: 'acknowledge', note: null };
const resolve: PersonAct = { kind: 'resolve', note: null };
const silence = (minutes: number): PersonAct => ({
  kind: 'silence',
  note: null,
  until: new Date(now.getTime() + minutes * 60_000),
});

test('what is over is left alone, and nobody acknowledges twice', () => {
  for (const act of [acknowledge, resolve, silence(5)])
    expect(refusalOf(act, 'resolved', now)).not.toBeNull();
  expect(refusalOf(acknowledge, 'acknowledged', now)).not.toBeNull();
  expect(refusalOf(silence(0), 'firing', now)).not.toBeNull();
});

test('everything else is possible', () => {
  for (const status of ['firing', 'acknowledged', 'silenced'] as const)
    for (const act of [resolve, silence(5)]) expect(refusalOf(act, status, now)).toBeNull();
  expect(refusalOf(acknowledge, 'silenced', now)).toBeNull();
  expect([acknowledge, silence(5), resolve].map(statusAfter)).toEqual([
    'acknowledged',
    'silenced',
    'resolved',
  ]);
});
