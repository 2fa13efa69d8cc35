/** Takes docs/images: every page in English and German, of a server of its own: `pnpm screenshots`. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Access } from '@halyard/api/local/home';
import { openBrowser } from '../e2e/chromium.ts';
import { place, startHalyard } from '../e2e/halyard-process.ts';
import { assertComplete } from './screenshots/pages.ts';
import { photograph } from './screenshots/photograph.ts';
import { languages } from './screenshots/school.ts';

assertComplete();
const { home, port, remove } = await place();
const halyard = startHalyard({ HALYARD_HOME: home, PORT: String(port), HALYARD_ALERT_SECONDS: '1' });
const receiver = createServer((_, response) => response.writeHead(204).end()).listen(0, '127.0.0.1');
const browser = await openBrowser();
try {
  await halyard.printed('Ctrl-C stops everything');
  const access: Access = JSON.parse(readFileSync(join(home, 'access.json'), 'utf8'));
  const hook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/halyard`;
  for (const language of languages) {
    console.log(`… Taking the pictures (${language})`);
    await photograph({ browser, url: access.url, access, receiver: hook }, language);
  }
} finally {
  await browser.close();
  receiver.close();
  halyard.child.kill('SIGINT');
  await halyard.ended;
  await remove();
}
