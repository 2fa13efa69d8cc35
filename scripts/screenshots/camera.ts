import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page, Request } from 'playwright-core';
import type { Words } from '../../e2e/dashboard-words.ts';
import { until } from '../../e2e/until.ts';
import type { Picture } from './pages.ts';
import type { Season } from './season.ts';
import { smallPng } from './small-png.ts';

type Session = Awaited<ReturnType<BrowserContext['storageState']>>;

const looks: Record<string, BrowserContextOptions> = {
  '': { viewport: { width: 1280, height: 800 } },
  '-dark': { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
  '-phone': { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
};

/** Takes pictures of one server in one language, into one folder. */
export class Camera {
  readonly #browser: Browser;
  readonly #url: string;
  readonly #words: Words;
  readonly #folder: string;

  constructor(browser: Browser, url: string, words: Words, folder: string) {
    this.#browser = browser;
    this.#url = url;
    this.#words = words;
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  async take(pictures: readonly Picture[], season: Season | null, session: Session): Promise<void> {
    for (const [suffix, look] of Object.entries(looks)) {
      const wanted = pictures.filter(({ everyLook }) => suffix === '' || everyLook);
      const [outside, inside] = [
        await this.#look(look),
        await this.#look({ ...look, storageState: session }),
      ];
      for (const picture of wanted)
        await this.#takeOne(picture, season, suffix, picture.outside ? outside : inside);
      await outside.context().close();
      await inside.context().close();
    }
  }

  async #look(look: BrowserContextOptions): Promise<Page> {
    const steady = { reducedMotion: 'reduce', colorScheme: 'light', timezoneId: 'Europe/Berlin' } as const;
    const context = await this.#browser.newContext({ ...steady, locale: this.#words.language, ...look });
    return context.newPage();
  }

  async #takeOne(
    { page: folder, name, address, act }: Picture,
    season: Season | null,
    suffix: string,
    page: Page,
  ): Promise<void> {
    try {
      const path = address(season) ?? '';
      const whole = folder === null ? path : `/${this.#words.language}/${path}`;
      const quiet = quietness(page);
      await page.goto(new URL(whole, this.#url).href);
      await quiet();
      await act?.(page, this.#words);
      await quiet();
      const picture = await page.screenshot();
      writeFileSync(join(this.#folder, `${name}${suffix}.png`), smallPng(picture));
    } catch (error) {
      throw new Error(`No picture of ${name}${suffix} in ${this.#words.language}`, { cause: error });
    }
  }
}

/** Resolves once nothing loads: the stream of live updates stays open, so the network never falls idle. */
function quietness(page: Page): () => Promise<void> {
  const loading = new Set<Request>();
  page.removeAllListeners();
  page.on('request', (request) => {
    if (!/\/live\b/.test(request.url())) loading.add(request);
  });
  const ended = (request: Request) => loading.delete(request);
  page.on('requestfinished', ended);
  page.on('requestfailed', ended);
  return async () => {
    await page.locator('h1').first().waitFor({ state: 'attached' });
    let looks = 0;
    await until(
      async () => (await page.locator('.skeleton').count()) + loading.size,
      (left) => {
        looks = left === 0 ? looks + 1 : 0;
        return looks === 15; // what has come may ask for more
      },
      20_000,
    );
    await page.evaluate('document.fonts.ready');
  };
}
