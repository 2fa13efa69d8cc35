import type { Server } from '@halyard/api/server';
import { startServer } from '@halyard/api/server';
import { silent, testSecrets, testSettings } from '@halyard/api/testing/test-settings';
import type { ContactId, MessageId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { LinkTokens } from '@halyard/core/tracking/link-tokens';
import type { TestDatabase } from '@halyard/postgres/testing/test-database';
import { openTestDatabase } from '@halyard/postgres/testing/test-database';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, skipWithoutChromium } from './chromium.js';

const longWord = 'Donaudampfschifffahrtsgesellschaftskapitänsmützenverleih';

describe.skipIf(skipWithoutChromium)('the pages of recipients on a narrow phone', () => {
  let db: TestDatabase;
  let server: Server;
  let browser: Browser;
  let unsubscribe: string;
  beforeAll(async () => {
    db = await openTestDatabase();
    server = await startServer(testSettings(db, { HALYARD_ROLES: 'http' }), silent);
    unsubscribe = await linkOfMessage();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server.stop();
    await db.drop();
  });

  async function linkOfMessage(): Promise<string> {
    const orgId = await db.organization(`${longWord} & Söhne`);
    const [contactId, messageId] = [randomIds<ContactId>(), randomIds<MessageId>()];
    await db.owner.query('insert into topics (org_id, key, name) values ($1, $2, $3)', [
      orgId,
      'rental',
      { de: `${longWord} und Zubehör` },
    ]);
    await db.owner.query('insert into contacts (org_id, id, locale) values ($1, $2, $3)', [
      orgId,
      contactId,
      'de',
    ]);
    await db.owner.query(
      `insert into messages (org_id, id, contact_id, source, class, channels, channel, address, planned_at, due_at, status)
       values ($1, $2, $3, 'api', 'marketing', '{email}', 'email', 'a@example.com', now(), now(), 'sent')`,
      [orgId, messageId, contactId],
    );
    return `/u/${new LinkTokens(testSecrets.HALYARD_SECRET, server.url).sign('unsubscribe', { orgId, messageId, contactId })}`;
  }

  test.each(['light', 'dark'] as const)(
    'nothing lies beyond the edge, and all can be touched (%s)',
    async (colorScheme) => {
      const context = await browser.newContext({
        viewport: { width: 360, height: 740 },
        isMobile: true,
        colorScheme,
      });
      const page = await context.newPage();
      const fits = async () => {
        const touched = await page.locator('button, label').all();
        const heights = await Promise.all(touched.map(async (one) => (await one.boundingBox())?.height ?? 0));
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
        expect(Math.min(...heights)).toBeGreaterThanOrEqual(44); // WCAG 2.5.5
      };
      await page.goto(server.url + unsubscribe);
      await page.getByText(longWord).first().waitFor();
      await fits();
      await page.getByRole('button', { name: 'Von allem abmelden' }).click();
      await page.getByRole('heading', { name: 'Sie sind abgemeldet' }).waitFor();
      await fits();
      await context.close();
    },
  );
});
