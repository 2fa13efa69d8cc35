import type { Role, Scope } from '@halyard/contracts/route';
import { scopes as allScopes } from '@halyard/contracts/route';
import { ApiKeys } from '@halyard/core/access/api-keys';
import { randomSecrets } from '@halyard/core/access/secrets';
import { automation } from '@halyard/core/actor';
import type { Clock } from '@halyard/core/clock';
import { systemClock } from '@halyard/core/clock';
import type { OrgId, SessionId, UserId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { PgApiKeyStore } from '@halyard/postgres/api-keys';
import type { TestDatabase } from '@halyard/postgres/testing/test-database';
import { openTestDatabase } from '@halyard/postgres/testing/test-database';
import { pino } from 'pino';
import { createAuth } from '../access/auth.js';
import { signAccessToken } from '../access/token-check.js';
import { createApp } from '../app.js';
import type { OpenPlatform } from '../platform.js';
import { openPlatform } from '../platform.js';
import { wire } from '../wiring.js';
import { testSettings } from './test-settings.js';

/** What came back: the body is parsed when it is JSON. */
export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every route; expectations check their shape.
  body: any;
  headers: Headers;
}

/** Calls the server as somebody: `await admin('POST', '/products', { name: 'Course' })`. */
export type TestCaller = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer>;

/** A user who was put into the database with a session, and the headers that prove it. */
export interface TestUser {
  userId: UserId;
  sessionId: SessionId;
  email: string;
  headers: Record<string, string>;
}

/** The real server on a port of its own and a database of its own. */
export interface TestServer {
  url: string;
  db: TestDatabase;
  platform: OpenPlatform;
  /** The organization that `as` and `apiKey` mean when they are given no other. */
  organization: OrgId;
  anonymous: TestCaller;
  /** A new user who is a member with this role, by JWT. */
  as(role: Role, orgId?: OrgId): Promise<TestCaller>;
  /** A caller with a new API key of these scopes; all scopes when none are given. */
  apiKey(scopes?: readonly Scope[], orgId?: OrgId): Promise<TestCaller>;
  /** A new user with a session, who belongs to no organization unless `member` says so. */
  user(member?: { role: Role; orgId: OrgId }): Promise<TestUser>;
  /** Calls with these headers. */
  caller(headers: Record<string, string>): TestCaller;
  stop(): Promise<void>;
}

/**
 * Starts the server as production does. `loops`: also run the claim loops. `settings`: by environment variable. `clock`:
 * stands in for the system's, to live through days.
 */
export async function startTestServer(
  options: { loops?: boolean; settings?: Record<string, string>; clock?: Clock } = {},
): Promise<TestServer> {
  const db = await openTestDatabase();
  const settings = testSettings(db, {
    HALYARD_ALLOW_PRIVATE_ADDRESSES: 'true',
    LOG_LEVEL: 'silent',
    ...options.settings,
  });
  const log = pino({ level: settings.LOG_LEVEL });
  const opened = await openPlatform(settings, log);
  const platform = { ...opened, clock: options.clock ?? opened.clock };
  const wiring = wire(platform, new URL('./task-from-sources.ts', import.meta.url));
  const app = await createApp(wiring, { log, trustedProxies: settings.TRUSTED_PROXIES });
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const loops = options.loops ? wiring.loops : [];
  for (const loop of loops) loop.start();
  const services = options.loops ? wiring.services : [];
  for (const service of services) await service.start();

  const organization = await db.organization();
  const auth = createAuth({
    pool: platform.app.pool,
    publicUrl: url,
    secret: settings.HALYARD_SECRET,
    mail: { delivers: false, send: async () => {} },
    log,
    linkFollowed: async () => {},
  });
  const keys = new ApiKeys(new PgApiKeyStore(db.app), randomIds, randomSecrets, systemClock);
  const caller = (headers: Record<string, string>): TestCaller => callerOf(url, headers);

  const user: TestServer['user'] = async (member) => {
    const { userId, sessionId, email } = await insertUser(db, member);
    const { token } = await signAccessToken(auth, userId, sessionId);
    return { userId, sessionId, email, headers: { authorization: `Bearer ${token}` } };
  };

  return {
    url,
    db,
    platform,
    organization,
    anonymous: caller({}),
    as: async (role, orgId = organization) =>
      caller({ ...(await user({ role, orgId })).headers, 'x-organization-id': orgId }),
    apiKey: async (scopes = allScopes, orgId = organization) => {
      const input = { name: 'test', scopes: [...scopes], expires_at: null };
      const { key } = await keys.create(orgId, input, automation('test'));
      return caller({ 'x-api-key': key });
    },
    user,
    caller,
    async stop() {
      await app.close();
      await Promise.all(loops.map((loop) => loop.stop()));
      await Promise.all(wiring.services.map((service) => service.stop()));
      await platform.close();
      await db.drop();
    },
  };
}

function callerOf(url: string, proof: Record<string, string>): TestCaller {
  return async (method, path, body, headers = {}) => {
    const typed =
      typeof body === 'string' || body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await fetch(url + path, {
      method,
      redirect: 'manual',
      headers: { ...typed, ...proof, ...headers },
      body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
    });
    const endless = response.headers.get('content-type')?.startsWith('text/event-stream');
    if (endless) await response.body?.cancel();
    const text = endless ? '' : await response.text();
    const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      body: isJson && text ? JSON.parse(text) : text,
      headers: response.headers,
    };
  };
}

async function insertUser(db: TestDatabase, member?: { role: Role; orgId: OrgId }) {
  const userId = randomIds<UserId>();
  const sessionId = randomIds<SessionId>();
  const email = `${userId}@example.com`;
  const now = new Date();
  await db.app.outside(async (sql) => {
    await sql
      .insertInto('auth.user')
      .values({ id: userId, name: 'Test user', email, emailVerified: true })
      .execute();
    await sql
      .insertInto('auth.session')
      .values({
        id: sessionId,
        userId,
        token: randomSecrets(),
        expiresAt: new Date(now.getTime() + 3_600_000),
        updatedAt: now,
      })
      .execute();
    if (member)
      await sql
        .insertInto('auth.member')
        .values({ organizationId: member.orgId, userId, role: member.role, createdAt: now })
        .execute();
  });
  return { userId, sessionId, email };
}
