import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestCaller, TestServer } from '@halyard/api/testing/test-server';
import { startTestServer } from '@halyard/api/testing/test-server';
import { scopes } from '@halyard/contracts/route';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runHalyard } from './halyard-command.js';

let server: TestServer;
let api: TestCaller;
let apiKey: string;
let home: string;
beforeAll(async () => {
  server = await startTestServer();
  home = await mkdtemp(join(tmpdir(), 'halyard-flows-'));
  const admin = await server.as('admin');
  apiKey = (await admin('POST', '/api-keys', { name: 'git', scopes })).body.key;
  api = server.caller({ 'x-api-key': apiKey });
  await admin('POST', '/connections', { provider: 'sandbox', name: 'Sandbox', settings: {}, secrets: {} });
});
afterAll(async () => {
  await server.stop();
  await rm(home, { recursive: true, force: true });
});

const halyard = (args: string[], env: Record<string, string> = {}) =>
  runHalyard(home, args, { HALYARD_URL: server.url, HALYARD_API_KEY: apiKey, ...env });
const withoutServer = { HALYARD_URL: '', HALYARD_API_KEY: '' };

/** Every file of a folder with what it holds. */
async function bytesOf(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(join(home, folder), { recursive: true })).filter((name) =>
    name.endsWith('.json'),
  );
  const files = names
    .sort()
    .map(async (name) => [name, await readFile(join(home, folder, name), 'utf8')] as const);
  return Object.fromEntries(await Promise.all(files));
}

const edit = async (file: string, from: string, to: string): Promise<void> => {
  const text = await readFile(join(home, file), 'utf8');
  expect(text).toContain(from);
  await writeFile(join(home, file), text.replace(from, to));
};

const locales = (text: string) => ({ default_locale: 'en', locales: { en: { text } } });
const hello = { id: 'hello', type: 'message', template: 'hello', channels: ['telegram'], class: 'service' };

test('flows go to files, are checked, changed, compared, pushed and published, and come back the same', async () => {
  await api('POST', '/templates', { key: 'hello', channel: 'telegram', content: locales('Hello!') });
  const trigger = { type: 'event', event: 'user.joined' };
  const other = await api('POST', '/flows', {
    key: 'after-welcome',
    definition: { name: 'After', trigger: { type: 'api' }, steps: [{ id: 'bye', type: 'exit' }] },
  });
  const pause = { id: 'pause', type: 'wait', wait: { for: 'duration', duration: 'P1D' } };
  const onward = { id: 'onward', type: 'start_flow', flow: other.body.id };
  await api('POST', '/flows', {
    key: 'welcome',
    definition: { name: 'Welcome', trigger, steps: [hello, pause, onward] },
  });

  expect(await halyard(['flow', 'pull', 'ours'])).toMatchObject({
    exitCode: 0,
    stdout: '2 flows and 1 templates are in ours\n',
  });
  const pulled = await bytesOf('ours');
  expect(Object.keys(pulled)).toEqual([
    '.halyard.json',
    'flows/after-welcome.json',
    'flows/welcome.json',
    'templates/hello.telegram.json',
  ]);
  expect(pulled['flows/welcome.json']).toContain('"flow": "after-welcome"');
  // The server names the other flow by its id still; that is no difference.
  expect((await halyard(['flow', 'push', 'ours'])).stdout).toContain('flow welcome: unchanged');
  expect(await halyard(['flow', 'diff', 'ours'])).toMatchObject({ exitCode: 0, stdout: 'No difference.\n' });

  await edit('ours/flows/welcome.json', '"P1D"', '"P2D"');
  await edit('ours/templates/hello.telegram.json', 'Hello!', 'Hello, sailor!');
  const checked = await halyard(['flow', 'check', 'ours/flows/welcome.json']);
  expect(checked).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('welcome.json: fine') });
  const different = await halyard(['flow', 'diff', 'ours']);
  expect(different.exitCode).toBe(1);
  expect(different.stdout).toContain('~ steps.pause.wait.duration: "P1D" → "P2D"');
  expect(different.stdout).toContain('+ Hello, sailor!');

  const pushed = await halyard(['flow', 'push', 'ours', '--publish']);
  expect(pushed.stdout).toContain('template hello.telegram: new version');
  expect(pushed.stdout).toContain('flow welcome: new draft');
  expect(pushed.stdout).toContain('flow welcome: published as version 1');
  const again = await halyard(['flow', 'push', 'ours', '--publish']);
  expect(
    again.stdout
      .trim()
      .split('\n')
      .every((line) => line.endsWith(': unchanged')),
  ).toBe(true);

  const before = await bytesOf('ours');
  expect((await halyard(['flow', 'pull', 'ours'])).exitCode).toBe(0);
  expect(await bytesOf('ours')).toEqual(before);
  expect((await halyard(['flow', 'pull', 'elsewhere'])).exitCode).toBe(0);
  expect(await bytesOf('elsewhere')).toEqual(before);
});

test('nobody’s work is written over unseen, on either side', async () => {
  await halyard(['flow', 'pull', 'both', '--force']);
  const { body } = await api('GET', '/flows?key=welcome');
  const [{ id }] = body.items;
  const { body: version } = await api('GET', `/flows/${id}/versions/1`);
  await api('PATCH', `/flows/${id}`, {
    definition: { ...version.definition, description: 'Changed by Ada' },
  });
  await edit('both/flows/welcome.json', '"P2D"', '"P3D"');

  const refused = await halyard(['flow', 'push', 'both/flows/welcome.json']);
  expect(refused).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('Changed on the server since they were pulled: flows/welcome.json'),
  });
  const lost = await halyard(['flow', 'pull', 'both']);
  expect(lost).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('were changed here') });
  const forced = await halyard(['flow', 'push', 'both/flows/welcome.json', '--force']);
  expect(forced.stdout).toContain('flow welcome: new draft');
  const { body: flow } = await api('GET', `/flows/${id}`);
  expect(flow.draft.description).toBeUndefined();
});

/** Between the command and the server: `meddle` may do something before a change is passed on, or answer it itself. */
async function between(meddle: (method: string) => Promise<number | null>) {
  const proxy = createServer(async (asked, answered) => {
    const body = Buffer.concat(await asked.toArray());
    const { method = 'GET', url = '/' } = asked;
    const instead = await meddle(method);
    if (instead) return answered.writeHead(instead).end();
    const headers = { 'x-api-key': apiKey, 'content-type': 'application/json' };
    const passed = await fetch(server.url + url, { method, headers, ...(body.length && { body }) });
    const type = passed.headers.get('content-type') ?? 'application/json';
    answered.writeHead(passed.status, { 'content-type': type }).end(await passed.text());
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  const { port } = proxy.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => proxy.close() };
}

test('who changes a flow while it is pushed does not lose it, and what was written before is remembered', async () => {
  await halyard(['flow', 'pull', 'race', '--force']);
  await edit('race/flows/after-welcome.json', '"bye"', '"farewell"');
  await edit('race/flows/welcome.json', '"P3D"', '"P4D"');
  const { body } = await api('GET', '/flows?key=welcome');
  const [{ id }] = body.items;
  const { body: before } = await api('GET', `/flows/${id}`);
  let patches = 0;
  const proxy = await between(async (method) => {
    if (method === 'PATCH' && ++patches === 2)
      await api('PATCH', `/flows/${id}`, { definition: { ...before.draft, description: 'By Ada' } });
    return null;
  });
  const refused = await halyard(['flow', 'push', 'race'], { HALYARD_URL: proxy.url });
  proxy.close();
  expect(refused.stdout).toContain('flow after-welcome: new draft');
  expect(refused).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining(
      'Changed on the server while this was pushed: flows/welcome.json. Look with',
    ),
  });
  expect((await api('GET', `/flows/${id}`)).body.draft.description).toBe('By Ada');

  // Its base was kept, so changing it once more is no conflict.
  await edit('race/flows/after-welcome.json', '"farewell"', '"so-long"');
  const again = await halyard(['flow', 'push', 'race/flows/after-welcome.json']);
  expect(again).toMatchObject({ exitCode: 0, stdout: 'flow after-welcome: new draft\n' });
  await halyard(['flow', 'push', 'race', '--force']);
});

test('a push that breaks off goes on where it was', async () => {
  await halyard(['flow', 'pull', 'broken', '--force']);
  await edit('broken/flows/after-welcome.json', '"so-long"', '"adieu"');
  await edit('broken/flows/welcome.json', '"P4D"', '"P5D"');
  let patches = 0;
  const proxy = await between(async (method) => (method === 'PATCH' && ++patches === 2 ? 503 : null));
  const broken = await halyard(['flow', 'push', 'broken'], { HALYARD_URL: proxy.url });
  proxy.close();
  expect(broken).toMatchObject({
    exitCode: 1,
    stdout: 'template hello.telegram: unchanged\nflow after-welcome: new draft\n',
  });
  await edit('broken/flows/after-welcome.json', '"adieu"', '"bye"');
  const again = await halyard(['flow', 'push', 'broken']);
  expect(again.stdout).toContain('flow after-welcome: new draft\nflow welcome: new draft');
});

test('flows move to another organization, where templates and flows have other ids', async () => {
  const theirs = await (await server.as('admin', await server.db.organization('Elsewhere')))(
    'POST',
    '/api-keys',
    { name: 'git', scopes },
  );
  const env = { HALYARD_API_KEY: theirs.body.key };
  const pushed = await halyard(['flow', 'push', 'elsewhere', '--force', '--publish'], env);
  expect(pushed.stderr).toBe('');
  expect(pushed.stdout).toContain('flow welcome: published as version 1');
  // Nothing is connected there.
  expect(pushed.stdout).toMatch(
    /warning steps\.0\.channels: Step "hello" names telegram, .*no active connection/,
  );
});

test('check: without a server it finds what needs none, with one also what the organization lacks', async () => {
  const never = { field: 'contact.attributes.level', op: 'gt', value: 5 };
  const low = { field: 'contact.attributes.level', op: 'lt', value: 3 };
  const branch = { id: 'which', type: 'branch', branches: [{ when: { all: [never, low] }, next: null }] };
  const definition = {
    name: 'Odd',
    trigger: { type: 'api' },
    steps: [branch, { ...hello, template: 'nowhere' }],
  };
  await writeFile(join(home, 'odd.json'), JSON.stringify(definition));

  const alone = await halyard(['flow', 'check', 'odd.json', '--locale', 'de'], withoutServer);
  expect(alone.exitCode).toBe(1);
  expect(alone.stdout).toContain('error steps.0.branches.0: Branch 1 of step "which" is never taken');
  expect(alone.stdout).toContain('was nicht sein kann');
  expect(alone.stdout).toContain('Without a server');
  const asked = await halyard(['flow', 'check', 'odd.json', '--json']);
  expect(asked.exitCode).toBe(1);
  const { files, with_server } = JSON.parse(asked.stdout);
  expect(with_server).toBe(true);
  const found = files[0].issues.map((issue: { path: string }) => issue.path);
  expect(found).toEqual(['steps.0.branches.0', 'steps.1.template']);

  await writeFile(join(home, 'broken.json'), JSON.stringify({ name: 'Broken', steps: [] }));
  const broken = await halyard(['flow', 'check', 'broken.json'], withoutServer);
  expect(broken).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('error trigger:') });
  const nothing = await halyard(['flow', 'check', 'nothing.json'], withoutServer);
  expect(nothing).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('nothing.json is not there'),
  });
});

test('the commands of the guide work in the order they are told', async () => {
  const guide = await readFile(join(import.meta.dirname, '../docs/flows.md'), 'utf8');
  const commands = [...guide.matchAll(/^ {4}halyard (flow .*?) +#/gm)].map(([, command = '']) =>
    command.split(' '),
  );
  expect(commands).toHaveLength(4);
  for (const command of commands) expect(await halyard(command)).toMatchObject({ exitCode: 0, stderr: '' });
});
