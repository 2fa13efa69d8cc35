import { expect, test } from 'vitest';
import { attributePatch, textOf, valueFrom } from './attribute-value';

test('what was text stays text, such as a postal code', () => {
  expect(valueFrom('04103', '04109')).toBe('04103');
  expect(valueFrom('12', 'twelve')).toBe('12');
});

test('new values are taken for what they look like', () => {
  expect(
    ['7', '-1.5', 'true', '["a"]', '{"a":1}', 'Jolle', '04103', '[1', ''].map((text) => valueFrom(text)),
  ).toEqual([7, -1.5, true, ['a'], { a: 1 }, 'Jolle', '04103', '[1', '']);
});

test('a number that does not fit stays as it was typed', () => {
  expect(valueFrom('12345678901234567890')).toBe('12345678901234567890');
});

test.each([7, true, 'x', ['a', 1], { boat: 'Jolle' }])(
  '%j is edited as the text that gives it back',
  (value) => {
    expect(valueFrom(textOf(value), value)).toEqual(value);
  },
);

test('a patch holds what was changed, added and removed, and how it was before', () => {
  const rows = [
    { key: 'level', text: '2' },
    { key: 'boat', text: 'Jolle' },
    { key: ' port ', text: 'Kiel' },
    { key: '', text: 'without a name' },
  ];
  expect(attributePatch({ level: 1, boat: 'Jolle', old: true }, rows)).toEqual({
    patch: { level: 2, port: 'Kiel', old: null },
    undo: { level: 1, port: null, old: true },
  });
});
