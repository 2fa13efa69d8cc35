import { expect, test } from 'vitest';
import { OwnOrigin } from './own-origin.js';

const own = new OwnOrigin('https://halyard.example/app');

test.each([
  [{ 'sec-fetch-site': 'same-origin' }, 'own'],
  [{ 'sec-fetch-site': 'none' }, 'own'],
  [{ 'sec-fetch-site': 'same-site' }, 'foreign'],
  [{ 'sec-fetch-site': 'cross-site', origin: 'https://halyard.example' }, 'foreign'],
  [{ origin: 'https://halyard.example' }, 'own'],
  [{ origin: 'http://127.0.0.1:4100', host: '127.0.0.1:4100' }, 'own'],
  [{ origin: 'https://halyard.example.evil.example', host: 'halyard.example' }, 'foreign'],
  [{ origin: 'null', host: 'halyard.example' }, 'foreign'],
  [{ host: 'halyard.example' }, 'unknown'],
])('%o is %s', (headers, site) => {
  expect(own.siteOf(headers)).toBe(site);
});
