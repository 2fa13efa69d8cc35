import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestServer } from '@halyard/api/testing/test-server';
import { startTestServer } from '@halyard/api/testing/test-server';
import { testSecrets } from '@halyard/api/testing/test-settings';
import type { FlowDefinitionInput } from '@halyard/contracts/flows/definition';
import { scopes } from '@halyard/contracts/route';
import { publish } from '@halyard/postgres/testing/deciding';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { runHalyard } from './halyard-command.js';

let server: TestServer;
let folder: string;
let apiKey: string;
beforeAll(async () => {
  server = await startTestServer({ loops: true });
  folder = await mkdtemp(join(tmpdir(), 'halyard-cli-'));
  const admin = await server.as('admin');
  apiKey = (await admin('POST', '/api-keys', { name: 'operator', scopes })).body.key;
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const halyard = (args: string[], env: Record<string, string> = {}) =>
  runHalyard(folder, args, { HALYARD_URL: server.url, HALYARD_API_KEY: apiKey, ...env });

test('import: a dry run changes nothing, then rows come in and the others are written to a file', async () => {
  const file = join(folder, 'guests.csv');
  await writeFile(file, 'email,Vorname\nanna@example.com,Anna\nno address,Bob\n');
  const map = ['--map', 'Vorname=first_name'];

  const dry = await halyard(['import', file, '--dry-run', ...map]);
  expect(dry.stdout).toContain('2 rows: 1 created, 0 updated, 0 unchanged, 1 rejected');
  const reader = await server.apiKey(['contacts:read']);
  expect((await reader('GET', '/contacts')).body.items).toEqual([]);

  const real = await halyard(['import', file, ...map]);
  expect(real.exitCode).toBe(0);
  expect((await reader('GET', '/contacts')).body.items).toMatchObject([{ first_name: 'Anna' }]);
  expect(await readFile(`${file}.rejected.csv`, 'utf8')).toContain('no address');
});

test('audit verify: intact, and no longer when a record was changed behind its back', async () => {
  const env = { DATABASE_URL: server.db.url };
  const intact = await halyard(['audit', 'verify'], env);
  expect(intact).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('✓') });
  await server.db.owner.query('alter table audit_log no force row level security');
  await server.db.owner.query(`update audit_log set action = 'nothing.happened' where seq = 1`);
  const broken = await halyard(['audit', 'verify'], env);
  expect(broken.exitCode).toBe(1);
  expect(broken.stdout).toContain('Record 1 is not as it was written');
});

test('doctor: finds nothing wrong here, and says what is wrong elsewhere', async () => {
  const settings = { DATABASE_URL: server.db.url, ...testSecrets };
  const well = await halyard(['doctor'], settings);
  expect(well).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('The database is up to date.') });
  const ill = await halyard(['doctor'], {
    ...settings,
    DATABASE_URL: 'postgres://x@127.0.0.1:1/x',
    HALYARD_SECRET: 'short',
  });
  expect(ill.exitCode).toBe(1);
  expect(ill.stdout).toContain('HALYARD_SECRET');
  expect(ill.stdout).toContain('The database cannot be reached');
});

test('migrate and replay say that there is nothing to do', async () => {
  const migrated = await halyard(['migrate'], { DATABASE_URL: server.db.url });
  expect(migrated).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Nothing to do') });
  expect(await halyard(['replay', 'list'])).toMatchObject({ exitCode: 0, stdout: 'Nothing is open.\n' });
});

test('explain: the story of a message, and why a contact is not in a flow', async () => {
  const api = server.caller({ 'x-api-key': apiKey });
  const address = 'closed@example.com';
  await api('POST', '/suppressions', { channel: 'email', address, reason: 'manual' });
  const content = { subject: 'Ahoi', body: 'Ahoi' };
  const order = { channels: ['email'], class: 'transactional', content, to: { email: address } };
  const { id } = (await api('POST', '/messages/send', order)).body;
  await vi.waitFor(
    async () => {
      const { stdout } = await halyard(['explain', 'message', id]);
      expect(stdout).toContain('It was skipped, because the address is on the suppression list.');
    },
    { timeout: 20_000 },
  );
  expect((await halyard(['explain', 'message', id, '--locale', 'de'])).stdout).toContain(
    'Sie wurde übersprungen',
  );
  expect(JSON.parse((await halyard(['explain', 'message', id, '--json'])).stdout)).toMatchObject({
    message: { id },
  });

  const definition = {
    name: 'Welcome',
    trigger: { type: 'event', event: 'user.joined' },
    steps: [{ id: 'bye', type: 'exit' }],
  };
  await publish(server.db, server.organization, 'welcome', definition as FlowDefinitionInput);
  await api('POST', '/contacts', { email: 'anna@example.com' });
  const why = await halyard(['explain', 'flow', 'welcome', '--contact', 'anna@example.com']);
  expect(why).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('Nothing has happened to this contact'),
  });
  const nobody = await halyard(['explain', 'flow', 'welcome', '--contact', 'nobody@example.com']);
  expect(nobody).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('There is no contact') });
  const noFlow = await halyard(['explain', 'flow', 'nothing', '--contact', 'anna@example.com']);
  expect(noFlow).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('no flow with the key') });
});

test('simulate: given events, and a draft against what is live on the events on record', async () => {
  const api = server.caller({ 'x-api-key': apiKey });
  await api('POST', '/connections', { provider: 'sandbox', name: 'Sandbox', settings: {}, secrets: {} });
  const texts = { subject: 'Ahoy {{firstName}}', html: '<p>Ahoy. <a href="{{unsubscribeUrl}}">Bye</a></p>' };
  const content = { default_locale: 'en', locales: { en: texts } };
  await api('POST', '/templates', { key: 'ahoy', name: 'Ahoy', channel: 'email', content });
  const ahoy = (id: string, offset: string) => {
    const timing = { from: 'start', offset };
    return { id, type: 'message', template: 'ahoy', channels: ['email'], timing };
  };
  const definition = {
    name: 'Logged in',
    trigger: { type: 'event', event: 'trial.opened' },
    steps: [ahoy('soon', 'PT1H'), ahoy('later', 'P1D')],
  };
  const contact = { key: 'anna', first_name: 'Anna', email: 'anna@example.org', time_zone: 'Asia/Tokyo' };
  const login = { at: '2026-06-01T00:00:00Z', type: 'trial.opened', contact: 'anna' };
  const story = join(folder, 'story.json');
  await writeFile(story, JSON.stringify({ flow: { definition }, contacts: [contact], events: [login] }));
  const told = await halyard(['simulate', story, '--render']);
  expect(told).toMatchObject({ exitCode: 0, stderr: '' });
  expect(told.stdout).toMatch(/Anna +2026-06-01T10:00:00\+09:00 +soon +sent +email/);
  expect(told.stdout).toContain('--- later\nAhoy');
  expect(told.stdout).toContain('Assumed:\n- Nobody can know');

  const { flowId } = await publish(
    server.db,
    server.organization,
    'logged-in',
    definition as FlowDefinitionInput,
  );
  const known = { contact: { email: 'anna@example.org' }, create_contact: true };
  expect((await api('POST', '/events', { type: 'trial.opened', ...known })).status).toBe(202);
  const draft = join(folder, 'draft.json');
  await writeFile(draft, JSON.stringify({ ...definition, steps: [ahoy('soon', 'PT2H')] }));
  const period = ['--from', new Date(Date.now() - 3_600_000).toISOString()];
  const compared = await halyard(['simulate', draft, '--against', 'logged-in', ...period]);
  expect(compared.stdout).toContain('Compared: 0 gained, 1 lost, 1 shifted, 0 as before');
  const live = await halyard(['simulate', '--flow', flowId, ...period, '--json']);
  expect(JSON.parse(live.stdout).totals).toMatchObject({ messages: { sent: 2 } });

  expect(await halyard(['simulate', draft])).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('Say which recorded events: --from'),
  });
  const missing = await halyard(['simulate', '--flow', '00000000-0000-7000-8000-000000000000', ...period]);
  expect(missing).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('no such flow') });
}, 120_000);

test('what cannot be done is told in a sentence', async () => {
  const unreachable = await halyard(['replay', 'list'], { HALYARD_URL: 'http://127.0.0.1:9' });
  expect(unreachable).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('cannot be reached') });
  const wrongKey = await halyard(['replay', 'list'], { HALYARD_API_KEY: 'hal_nope' });
  expect(wrongKey).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('unauthenticated') });
  const noFile = await halyard(['import', join(folder, 'nothing.csv')]);
  expect(noFile).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('cannot be read') });
  const nobody = await halyard(['keys', 'list']);
  expect(nobody).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('HALYARD_EMAIL') });
});

test('mails: shows the link of an account mail that no mail server took', async () => {
  expect((await halyard(['mails'])).stdout).toBe('No account mails were kept.\n');
  const file = join(folder, 'mails.jsonl');
  await writeFile(
    file,
    `${JSON.stringify({ at: '2026-05-01T07:00:00.000Z', to: 'anna@example.com', subject: 'Set', text: 'Here:\nhttps://x/?token=t\n' })}\n`,
  );
  const { stdout, exitCode } = await halyard(['mails']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('2026-05-01 07:00 UTC, to anna@example.com: Set');
  expect(stdout).toContain('  https://x/?token=t');
});
