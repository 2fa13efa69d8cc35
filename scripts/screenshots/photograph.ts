import { join } from 'node:path';
import type { Access } from '@halyard/api/local/home';
import type { Browser, BrowserContext } from 'playwright-core';
import { Words } from '../../e2e/dashboard-words.ts';
import { Camera } from './camera.ts';
import { Founder } from './founder.ts';
import { emptyPictures, pictures } from './pages.ts';
import type { Language } from './school.ts';
import { fillSeason } from './season.ts';

const images = join(import.meta.dirname, '../../docs/images');

interface Place {
  browser: Browser;
  url: string;
  access: Access;
  /** Something that takes webhooks. */
  receiver: string;
}

/** Founds a school in this language, fills it and takes every picture of it. */
export async function photograph(
  { browser, url, access, receiver }: Place,
  language: Language,
): Promise<void> {
  const camera = new Camera(browser, url, new Words(language), join(images, language));
  const founder = await Founder.found(url, access, language);
  const session = await signInByPage(browser, url, access, founder.organization);
  await camera.take(emptyPictures, null, session);
  await camera.take(pictures, await fillSeason(founder, receiver), session);
}

type Session = Awaited<ReturnType<BrowserContext['storageState']>>;

/** As a newcomer does, with what the start printed; then on to the school of the pictures. */
async function signInByPage(
  browser: Browser,
  url: string,
  { email, password }: Access,
  organization: string,
): Promise<Session> {
  const words = new Words('en');
  const page = await browser.newPage();
  await page.goto(`${url}/en/sign-in`);
  await page.getByLabel(words.of('account.email')).fill(email);
  await page.getByLabel(words.of('account.password')).fill(password);
  await page.getByRole('button', { name: words.of('account.signIn') }).click();
  await page.getByRole('heading', { name: words.of('overview.title') }).waitFor();
  await page.evaluate(
    (id) => fetch(`/api/organizations/${id}/activate`, { method: 'POST' }).then(({ status }) => status),
    organization,
  );
  const session = await page.context().storageState();
  await page.close();
  return session;
}
