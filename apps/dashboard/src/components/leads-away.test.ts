import { expect, test } from 'vitest';
import { leadsAway } from './leads-away';

const here = { href: 'https://halyard.example/en/template?id=1&tab=versions' };
const keys = { metaKey: false, ctrlKey: false, shiftKey: false, altKey: false };
const on = (href: string, target = '') => ({
  ...keys,
  button: 0,
  target: { closest: () => ({ href: new URL(href, here.href).href, target }) },
});

test.each([
  ['/en/templates', '/en/templates'],
  ['/en/template?id=2', '/en/template?id=2'],
  ['/en/template?id=1', null],
  ['#preview', null],
  ['/docs', null],
  ['https://elsewhere.example/en/templates', null],
])('a link to %s leads away to %s', (href, away) => {
  expect(leadsAway(on(href), here)).toBe(away);
});

test('what opens elsewhere, and what is no link, leads nowhere', () => {
  expect(leadsAway(on('/en/templates', '_blank'), here)).toBeNull();
  expect(leadsAway({ ...on('/en/templates'), ctrlKey: true }, here)).toBeNull();
  expect(leadsAway({ ...on('/en/templates'), target: null }, here)).toBeNull();
});
