import type { VendorAnswers } from '@halyard/channels/testing/http-vendor';
import { startHttpVendor } from '@halyard/channels/testing/http-vendor';
import type { VendorMode } from '@halyard/channels/testing/provider-conformance';
import { openConnection } from '@halyard/channels/testing/sample-requests';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestCaller, TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

const apiKey = 're_s3cr3t_of_the_school';

let server: TestServer;
let admin: TestCaller;
beforeAll(async () => {
  server = await startTestServer();
  admin = await server.as('admin');
});
afterAll(() => server.stop());

const answers: VendorAnswers = {
  test: (request) =>
    request.headers.authorization === `Bearer ${apiKey}`
      ? { status: 200, body: { data: [{ name: 'school.example', status: 'verified' }] } }
      : { status: 403, body: { name: 'invalid_api_key', message: 'API key is invalid' } },
  accepts: () => ({ status: 200, body: { id: 'e1' } }),
  rejects: () => ({ status: 422, body: {} }),
  throttles: () => ({ status: 429, headers: {}, body: {} }),
};

/** Runs with a server that answers as Resend does. */
async function withResend(mode: VendorMode, run: (baseUrl: string) => Promise<void>): Promise<void> {
  const vendor = await startHttpVendor(mode, answers, (baseUrl) =>
    openConnection('resend', ['email'], { baseUrl }),
  );
  try {
    await run(String(vendor.connection.settings.baseUrl));
  } finally {
    await vendor.close();
  }
}

let n = 0;
const resend = (baseUrl: string, more: object = {}) => ({
  provider: 'resend',
  name: `Resend ${n++}`,
  settings: { from_address: 'hello@school.example', base_url: baseUrl },
  secrets: { api_key: apiKey },
  ...more,
});
const sandbox = (more: object = {}) => ({
  provider: 'sandbox',
  name: `Sandbox ${n++}`,
  settings: {},
  secrets: {},
  ...more,
});

describe('creating', () => {
  test('a connection is tested, stored, and shown without its secrets', async () => {
    await withResend('accepts', async (baseUrl) => {
      const { status, body } = await admin('POST', '/connections', resend(baseUrl));
      expect(status).toBe(201);
      expect(body).toMatchObject({
        provider: 'resend',
        channels: ['email'],
        settings: { from_address: 'hello@school.example' },
        secrets_set: ['api_key'],
        status: 'active',
        breaker: { state: 'closed', failures: 0 },
        tested_at: expect.any(String),
        test_error: null,
      });
      expect(body.webhook_url).toMatch(/\/hooks\/providers\/[\w-]{32}$/);
      expect(JSON.stringify(body)).not.toContain(apiKey);
      const stored = await server.db.owner.query('select c::text as text from connections c');
      const audit = await server.db.owner.query('select a::text as text from audit_log a');
      for (const { text } of [...stored.rows, ...audit.rows]) {
        expect(text).not.toContain(apiKey);
        expect(text).not.toContain(Buffer.from(apiKey).toString('hex'));
      }
    });
  });

  test('what the provider refuses is not saved, unless it is wanted', async () => {
    await withResend('accepts', async (baseUrl) => {
      const refused = resend(baseUrl, { secrets: { api_key: 'wrong' } });
      const { status, body } = await admin('POST', '/connections', refused);
      expect({ status, code: body.code }).toEqual({ status: 422, code: 'connection_failed' });
      expect(body.detail).toMatch(/skip_test/);
      const saved = await admin('POST', '/connections', { ...refused, skip_test: true });
      expect(saved).toMatchObject({ status: 201, body: { test_error: expect.stringContaining('refused') } });
    });
  });

  test('settings are held to the provider, with the path of what is wrong', async () => {
    const { status, body } = await admin('POST', '/connections', {
      provider: 'smtp',
      name: 'Mail',
      settings: { from_address: 'nobody', host: 'mail.example', port: 99999 },
      secrets: {},
    });
    expect(status).toBe(422);
    const paths = body.errors.map((issue: { path: string }) => issue.path);
    expect(paths).toEqual(expect.arrayContaining(['body.settings.from_address', 'body.settings.port']));
  });

  test('a name is taken once, and a viewer may not', async () => {
    await admin('POST', '/connections', sandbox({ name: 'The one' }));
    expect(await admin('POST', '/connections', sandbox({ name: 'The one' }))).toMatchObject({
      status: 409,
      body: { code: 'conflict' },
    });
    const viewer = await server.as('viewer');
    expect(await viewer('POST', '/connections', sandbox())).toMatchObject({ status: 403 });
  });
});

test('who may only read does not see where reports come in: at some providers the address is the only proof', async () => {
  const input = {
    ...resend('http://127.0.0.1:9', { skip_test: true }),
    provider: 'infobip_sms',
    settings: { base_url: 'http://127.0.0.1:9', sender: 'School' },
  };
  const { body: created } = await admin('POST', '/connections', input);
  const path = `/connections/${created.id}`;
  for (const reader of [await server.as('editor'), await server.apiKey(['connections:read'])]) {
    expect((await reader('GET', path)).body).toMatchObject({ name: input.name, webhook_url: null });
    const { body } = await reader('GET', '/connections');
    expect(body.items.map((one: { webhook_url: unknown }) => one.webhook_url)).not.toContain(
      created.webhook_url,
    );
  }
  for (const writer of [admin, await server.apiKey(['connections:read', 'connections:write'])])
    expect((await writer('GET', path)).body.webhook_url).toBe(created.webhook_url);
});

describe('changing', () => {
  test('only what is named changes; null takes a setting or a secret back', async () => {
    await withResend('accepts', async (baseUrl) => {
      const { body: created } = await admin('POST', '/connections', resend(baseUrl));
      const path = `/connections/${created.id}`;
      const { body } = await admin('PATCH', path, {
        settings: { from_name: 'Segelschule' },
        secrets: { webhook_secret: 'whsec_c2VjcmV0' },
        priority: 7,
      });
      expect(body).toMatchObject({
        settings: { from_name: 'Segelschule', from_address: 'hello@school.example' },
        secrets_set: ['api_key', 'webhook_secret'],
        priority: 7,
      });
      const back = await admin('PATCH', path, {
        settings: { from_name: null },
        secrets: { webhook_secret: null },
      });
      expect(back.body.settings).not.toHaveProperty('from_name');
      expect(back.body.secrets_set).toEqual(['api_key']);
      const broken = await admin('PATCH', path, { secrets: { api_key: null } });
      expect(broken).toMatchObject({ status: 422, body: { errors: [{ path: 'body.secrets.api_key' }] } });
      const wrong = await admin('PATCH', path, { secrets: { api_key: 'wrong' } });
      expect(wrong).toMatchObject({ status: 422, body: { code: 'connection_failed' } });
      expect(await admin('POST', `${path}/test`)).toMatchObject({
        status: 200,
        body: { ok: true, reason: null },
      });
    });
  });

  test('a stored key is sent to no other server than the one it was given for', async () => {
    await withResend('accepts', async (baseUrl) => {
      const { body: created } = await admin('POST', '/connections', resend(baseUrl));
      await withResend('accepts', async (elsewhere) => {
        const move = (secrets?: object) =>
          admin('PATCH', `/connections/${created.id}`, { settings: { base_url: elsewhere }, secrets });
        expect(await move()).toMatchObject({
          status: 422,
          body: { code: 'invalid_request', errors: [{ path: 'body.secrets.api_key' }] },
        });
        expect((await move({ webhook_secret: 'whsec_c2VjcmV0' })).status).toBe(422);
        expect(await move({ api_key: apiKey })).toMatchObject({
          status: 200,
          body: { settings: { base_url: elsewhere } },
        });
      });
    });
  });

  test('a test of credentials that no longer work says why, and is remembered', async () => {
    let baseUrl = '';
    await withResend('accepts', async (url) => {
      baseUrl = url;
      await admin('POST', '/connections', resend(url, { name: 'Gone tomorrow' }));
    });
    const { body: list } = await admin('GET', '/connections');
    const { id } = list.items.find((one: { name: string }) => one.name === 'Gone tomorrow');
    const { body } = await admin('POST', `/connections/${id}/test`);
    expect(body).toMatchObject({ ok: false, reason: expect.stringContaining('could not be reached') });
    expect(baseUrl).not.toBe('');
    expect((await admin('GET', `/connections/${id}`)).body.test_error).toBe(body.reason);
  });

  test('a paused connection is resumed, and a removed one is gone', async () => {
    const { body: created } = await admin('POST', '/connections', sandbox());
    const path = `/connections/${created.id}`;
    expect((await admin('POST', `${path}/pause`)).body.status).toBe('paused');
    expect((await admin('POST', `${path}/resume`)).body.status).toBe('active');
    expect((await admin('DELETE', path)).status).toBe(204);
    expect((await admin('GET', path)).status).toBe(404);
  });

  test('only connections that send mail have a sender domain', async () => {
    const { body: created } = await admin('POST', '/connections', sandbox());
    expect(await admin('GET', `/connections/${created.id}/domain`)).toMatchObject({
      status: 409,
      body: { code: 'invalid_state' },
    });
  });
});
