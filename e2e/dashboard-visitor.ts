import { createRequire } from 'node:module';
import type { Server } from '@halyard/api/server';
import { startServer } from '@halyard/api/server';
import { silent, testSettings } from '@halyard/api/testing/test-settings';
import type { TestDatabase } from '@halyard/postgres/testing/test-database';
import { openTestDatabase } from '@halyard/postgres/testing/test-database';
import type axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { buildDashboard, dashboardFolder } from '../scripts/build-dashboard.ts';
import { openBrowser } from './chromium.js';

const minified: typeof axe = createRequire(import.meta.url)('axe-core/axe.min.js');

/** The whole server with the built dashboard, and a browser to look at it. */
export interface Harbour {
  server: Server;
  browser: Browser;
  db: TestDatabase;
  close(): Promise<void>;
}

/** `given`: settings of the environment, beside those of tests. */
export async function openHarbour(given: Record<string, string> = {}): Promise<Harbour> {
  const failure = await buildDashboard();
  if (failure !== null) throw new Error(failure);
  const db = await openTestDatabase();
  const settings = testSettings(db, { HALYARD_DASHBOARD_DIR: dashboardFolder, ...given });
  const task = new URL('../apps/api/src/testing/task-from-sources.ts', import.meta.url);
  const server = await startServer(settings, silent, task);
  const browser = await openBrowser();
  const close = async () => {
    await browser.close();
    await server.stop();
    await db.drop();
  };
  return { server, browser, db, close };
}

export const password = 'a password of some length';

/** Somebody with a browser of their own. `complaints`: what its console said that no page should. */
export class Visitor {
  readonly complaints: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly url: string,
  ) {
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      const refusal = /status of (?:40[149]|422)/.test(message.text()); // what the API refuses is told to the person
      if (message.type() === 'error' && !refusal) this.complaints.push(message.text());
    });
  }

  static async arrive({ browser, server }: Harbour, options: BrowserContextOptions = {}): Promise<Visitor> {
    const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
    return new Visitor(await context.newPage(), server.url);
  }

  /** Somebody new with an organization of their own, on its overview. */
  static async registered(
    harbour: Harbour,
    name: string,
    options: BrowserContextOptions = {},
  ): Promise<Visitor> {
    const visitor = await Visitor.arrive(harbour, options);
    await visitor.open('/en/register');
    await visitor.register(name);
    return visitor;
  }

  /** Somebody new who opens the link of an invitation. */
  static async invited(harbour: Harbour, name: string, link: string): Promise<Visitor> {
    const visitor = await Visitor.arrive(harbour);
    const { pathname, search } = new URL(link);
    await visitor.open(pathname + search);
    await visitor.page.getByRole('link', { name: 'Create account' }).click();
    await visitor.register(name, null);
    return visitor;
  }

  /** Somebody new who may see this visitor's organization and change nothing. */
  async viewer(harbour: Harbour, name: string): Promise<Visitor> {
    const invitation = { email: emailOf(name), role: 'viewer' };
    const { link } = await this.call<{ link: string }>('POST', '/invitations', invitation);
    return Visitor.invited(harbour, name, link);
  }

  /** So that messages go out, to the sandbox inbox. */
  async addSandbox(): Promise<void> {
    const connection = { provider: 'sandbox', name: 'Sandbox', settings: {}, secrets: {} };
    await this.call('POST', '/connections', connection);
  }

  async open(path: string): Promise<void> {
    await this.page.goto(new URL(path, this.url).href);
  }

  async register(name: string, organization: string | null = `School of ${name}`): Promise<void> {
    const { page } = this;
    await page.getByLabel('Your name').fill(name);
    if (organization) await page.getByLabel('Organization').fill(organization);
    await page.getByLabel('Email').fill(emailOf(name));
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
  }

  async signIn(name: string, secret = password): Promise<void> {
    await this.page.getByLabel('Email').fill(emailOf(name));
    await this.page.getByLabel('Password').fill(secret);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
  }

  /** Calls the API as this page would: with its cookie, under /api. */
  call<T>(method: string, path: string, body?: unknown): Promise<T> {
    return this.page.evaluate(
      async ([method, path, body]) => {
        const response = await fetch(`/api${path}`, {
          method,
          ...(body && { headers: { 'content-type': 'application/json' }, body }),
        });
        const text = await response.text();
        if (!response.ok) throw new Error(`${method} ${path}: ${text}`);
        return text ? JSON.parse(text) : null;
      },
      [method, path, body ? JSON.stringify(body) : ''] as const,
    );
  }

  /** What axe finds wrong by the rules of WCAG 2.2 AA, as one line each. */
  async barriers(): Promise<string[]> {
    await this.page.evaluate(minified.source);
    return this.page.evaluate(async () => {
      const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
      const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run({
        runOnly: tags,
        // What is right is not asked for, nor where anything stands: that took a quarter of its time.
        resultTypes: ['violations'],
        selectors: false,
      });
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
    });
  }
}

const emailOf = (name: string): string => `${name.toLowerCase()}@mail.example`;
