import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';

const places = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map(
  (name) => `/usr/bin/${name}`,
);

/** Where the machine has a Chromium; null when it has none. */
export const chromiumPath: string | null =
  process.env.CHROMIUM_PATH ?? places.find((path) => existsSync(path)) ?? null;

/** Why suites that need a browser are left out here; in CI they are not: there they fail. */
export const skipWithoutChromium = chromiumPath === null && !process.env.CI;
if (skipWithoutChromium)
  process.stdout.write(
    'Skipped: browser tests, as there is no Chromium here. Install it with: apt-get install chromium\n',
  );

export function openBrowser(): Promise<Browser> {
  if (!chromiumPath) throw new Error('There is no Chromium here. Install it with: apt-get install chromium');
  return chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
}
