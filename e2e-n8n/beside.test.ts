import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { answer } from '@halyard/cli/connect';
import { N8nApi } from '@halyard/cli/n8n/n8n-api';
import { createHalyard } from '@halyard/client/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HalyardProcess } from '../e2e/halyard-process.ts';
import { freePort, place, startHalyard } from '../e2e/halyard-process.ts';
import type { Kept } from '../n8n/run/kept.ts';

/** `pnpm n8n` beside a Halyard that runs, in a folder of its own. */

const minutes = 300_000;
let home: string;
let n8nPort: number;
let remove: () => Promise<void>;
const running: HalyardProcess[] = [];

beforeAll(async () => {
  const found = await place();
  ({ home, remove } = found);
  n8nPort = await freePort();
  const halyard = startHalyard(
    { HALYARD_HOME: home, PORT: String(found.port) },
    'e2e-n8n/halyard-without-pages.ts',
  );
  running.push(halyard);
  await halyard.printed('Ctrl-C stops everything');
}, minutes);
afterAll(async () => {
  for (const { child, ended } of running.reverse()) {
    child.kill('SIGTERM');
    await ended;
  }
  await remove();
}, minutes);

async function startBeside(): Promise<HalyardProcess> {
  const beside = startHalyard({ HALYARD_HOME: home, N8N_PORT: String(n8nPort) }, 'scripts/n8n.ts');
  running.push(beside);
  await beside.printed('Ctrl-C stops it.', minutes);
  return beside;
}
const kept = (): Kept => JSON.parse(readFileSync(join(home, 'n8n/access.json'), 'utf8'));
const api = () => new N8nApi(kept().url, kept().api_key ?? '');
const connections = async () => {
  const { url, api_key: apiKey } = JSON.parse(readFileSync(join(home, 'access.json'), 'utf8'));
  const { items } = answer(await createHalyard({ url, apiKey }).GET('/connections'));
  return items.filter(({ provider }) => provider === 'n8n');
};

let beside: HalyardProcess;

test(
  'a first run prints the way in; n8n has credentials that work, and the workflows; Halyard has its connection',
  async () => {
    beside = await startBeside();
    const { url, email, password, callers_token } = kept();
    for (const told of [url, email, password, callers_token]) expect(beside.output()).toContain(told);
    expect(beside.output()).not.toContain('could not be activated');
    const workflows = await api().workflows();
    expect(beside.output()).toContain(`${workflows.length} created`);
    const credential = (await api().credentials()).find(({ type }) => type === 'halyardApi');
    const tested = await fetch(`${url}/api/v1/credentials/${credential?.id}/test`, {
      method: 'POST',
      headers: { 'x-n8n-api-key': kept().api_key ?? '' },
    });
    expect(await tested.json()).toMatchObject({ status: 'OK' });
    expect(await connections()).toMatchObject([{ name: 'n8n', settings: { base_url: url } }]);
    expect((await stat(join(home, 'n8n/access.json'))).mode & 0o077).toBe(0);
  },
  minutes,
);

test(
  'a second one on the same folder is told that there is one',
  async () => {
    const second = startHalyard({ HALYARD_HOME: home, N8N_PORT: String(await freePort()) }, 'scripts/n8n.ts');
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain('n8n is already running on this folder');
  },
  minutes,
);

test(
  'after SIGTERM nothing of it is left; the next run changes nothing, and leaves what was edited',
  async () => {
    const [edited] = await api().workflows();
    if (!edited) throw new Error('There are no workflows.');
    const { id, nodes, connections: links, settings } = edited;
    await api().update(id, {
      name: 'Mine now',
      nodes,
      connections: links,
      settings: { executionOrder: settings.executionOrder },
    });
    const before = { kept: kept(), versions: await versions(), connections: await connections() };
    beside.child.kill('SIGTERM');
    expect(await beside.ended).toBe(0);
    expect(isAlive(before.kept.process?.pid)).toBe(false);
    beside = await startBeside();
    const { process: _, ...same } = before.kept;
    expect(kept()).toMatchObject(same);
    expect(await versions()).toEqual(before.versions);
    expect(await connections()).toEqual(before.connections);
    expect(beside.output()).toContain(`1 left, ${Object.keys(before.versions).length - 1} unchanged`);
    expect(beside.output()).toContain('edited in n8n');
  },
  minutes,
);

test(
  'an n8n whose parent was killed is ended by the next run',
  async () => {
    const orphan = kept().process?.pid;
    beside.child.kill('SIGKILL');
    await beside.ended;
    expect(isAlive(orphan)).toBe(true);
    beside = await startBeside();
    expect(isAlive(orphan)).toBe(false);
    expect(kept().process?.pid).not.toBe(orphan);
  },
  minutes,
);

const versions = async (): Promise<Record<string, string>> =>
  Object.fromEntries((await api().workflows()).map(({ id, versionId }) => [id, versionId]));

function isAlive(pid: number | undefined): boolean {
  try {
    return process.kill(pid ?? Number.NaN, 0);
  } catch {
    return false;
  }
}
