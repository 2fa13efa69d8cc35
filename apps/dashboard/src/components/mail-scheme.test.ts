import { expect, test } from 'vitest';
import { inScheme } from './mail-scheme';

const html = `<style>@media (prefers-color-scheme: dark) { p { color: white } }
@media screen and (Prefers-Color-Scheme:light) { p { color: black } }</style><p>It is dark</p>`;

test('rules for the scheme that is looked at hold, those for the other one do not, and words stay', () => {
  expect(inScheme(html, 'light')).toBe(`<style>@media (max-width: 0) { p { color: white } }
@media screen and (min-width: 0) { p { color: black } }</style><p>It is dark</p>`);
  expect(inScheme(html, 'dark')).toContain('@media (min-width: 0) { p { color: white } }');
});
