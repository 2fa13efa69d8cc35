import type { Server } from '@halyard/api/server';
import { startServer } from '@halyard/api/server';
import { silent, testSettings } from '@halyard/api/testing/test-settings';
import type { TestDatabase } from '@halyard/postgres/testing/test-database';
import { openTestDatabase } from '@halyard/postgres/testing/test-database';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, skipWithoutChromium } from './chromium.js';

describe.skipIf(skipWithoutChromium)('the documentation in a browser', () => {
  let db: TestDatabase;
  let server: Server;
  let browser: Browser;
  beforeAll(async () => {
    db = await openTestDatabase();
    server = await startServer(testSettings(db, { HALYARD_ROLES: 'http' }), silent);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server.stop();
    await db.drop();
  });

  /** Opens a page and notes what it asks for and complains about. */
  async function visit(path: string): Promise<{ page: Page; hosts: Set<string>; complaints: string[] }> {
    const page = await browser.newPage();
    const hosts = new Set<string>();
    const complaints: string[] = [];
    page.on('request', (request) => {
      if (/^https?:/.test(request.url())) hosts.add(new URL(request.url()).host);
    });
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(server.url + path);
    return { page, hosts, complaints };
  }

  test('/docs shows the routes and asks no other host for anything', async () => {
    const { page, hosts, complaints } = await visit('/docs');
    await page.getByText('Log in', { exact: true }).first().waitFor();
    expect([...hosts]).toEqual([new URL(server.url).host]);
    expect(complaints).toEqual([]);
  });

  test('/docs/problems leads to the code that a problem names', async () => {
    const { page, hosts } = await visit('/docs/problems#idempotency_conflict');
    expect(await page.locator('tr:target').textContent()).toContain('409');
    expect([...hosts]).toEqual([new URL(server.url).host]);
  });
});
