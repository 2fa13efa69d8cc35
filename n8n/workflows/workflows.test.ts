import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { allowedCredentials, allowedNodes } from './allowed-nodes.ts';

interface Node {
  id: string;
  name: string;
  type: string;
  typeVersion: number;
  webhookId?: string;
  parameters: Record<string, unknown>;
  credentials?: Record<string, Record<string, unknown>>;
}
interface Workflow {
  name: string;
  active: boolean;
  tags: { name: string }[];
  settings: Record<string, unknown>;
  nodes: Node[];
  connections: Record<string, { main: { node: string; type: string; index: number }[][] }>;
}

const errorWorkflow = 'ops/errors';
const folders = ['academy', 'alerts', 'leads', 'ops', 'outreach'];
const keys = globSync('**/*.json', { cwd: import.meta.dirname })
  .map((path) => path.replace(/\.json$/, ''))
  .sort();
const text = (key: string): string => readFileSync(join(import.meta.dirname, `${key}.json`), 'utf8');
const read = (key: string): Workflow => JSON.parse(text(key));
const steps = ({ nodes }: Workflow) => nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote');
const startsOf = ({ nodes }: Workflow) => nodes.filter(({ type }) => /Trigger$|\.webhook$/.test(type));

test('there are workflows in every folder, and no two have one name, path or id', () => {
  expect([...new Set(keys.map((key) => key.split('/')[0]))]).toEqual(folders);
  const workflows = keys.map(read);
  const nodes = workflows.flatMap((workflow) => workflow.nodes);
  const hooks = nodes.flatMap(({ parameters }) => (parameters.path ? [String(parameters.path)] : []));
  for (const all of [
    workflows.map(({ name }) => name),
    hooks.filter((path) => path.startsWith('halyard/')),
    nodes.map(({ id }) => id),
    nodes.flatMap(({ webhookId }) => webhookId ?? []),
  ])
    expect(all.filter((one, n) => all.indexOf(one) !== n)).toEqual([]);
});

describe.each(keys)('%s', (key) => {
  const workflow = read(key);
  const folder = key.split('/')[0] ?? '';

  test('is named and tagged by its folder', () => {
    const area = folder.charAt(0).toUpperCase() + folder.slice(1);
    expect(workflow.name).toMatch(new RegExp(`^Halyard · ${area} · [A-Z]`));
    expect(workflow.tags).toEqual([{ name: folder }]);
  });

  test('says what it does and what it needs in a sticky note', () => {
    const notes = workflow.nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
    const said = notes.map(({ parameters }) => String(parameters.content)).join('\n');
    expect(said).toMatch(/^## /);
    expect(said.length).toBeGreaterThan(150);
    if (workflow.active) return;
    expect(said, 'who reads it must learn why it is not switched on').toMatch(
      /Needs|Switch this on|Settings|backup/,
    );
  });

  test('has one place where it starts, and every other step is reached from there', () => {
    expect(startsOf(workflow)).toHaveLength(1);
    const names = new Set(steps(workflow).map(({ name }) => name));
    const reached = new Set(startsOf(workflow).map(({ name }) => name));
    for (const name of reached)
      for (const to of (workflow.connections[name]?.main ?? []).flat()) {
        expect(names.has(to.node), `${name} leads to ${to.node}, which is not there`).toBe(true);
        reached.add(to.node);
      }
    expect([...names].filter((name) => !reached.has(name))).toEqual([]);
    expect(Object.keys(workflow.connections).filter((name) => !names.has(name))).toEqual([]);
  });

  test('is made of nodes that were tried, none of them code', () => {
    for (const { name, type, typeVersion } of workflow.nodes)
      expect(allowedNodes[type], `${name} is a ${type} ${typeVersion}`).toContain(typeVersion);
  });

  test('names credentials by type and name, and holds no id and no secret', () => {
    for (const { name, credentials = {} } of workflow.nodes)
      for (const [type, credential] of Object.entries(credentials)) {
        expect(Object.keys(credential), name).toEqual(['name']);
        expect(allowedCredentials[String(credential.name)], name).toBe(type);
      }
    expect(text(key)).not.toMatch(
      /whsec_|hal_|sk[-_]|xox[abp]-|Bearer |eyJ|password|\d{8,}:AA|hooks\.slack\.com|pinData/i,
    );
  });

  test('sends what fails to the error workflow, and keeps no data of what went well', () => {
    const expected = key === errorWorkflow ? undefined : read(errorWorkflow).name;
    expect(workflow.settings.errorWorkflow).toBe(expected);
    expect(workflow.settings).toMatchObject({ executionOrder: 'v1', saveDataSuccessExecution: 'none' });
  });

  test('lets nobody in without proof', () => {
    for (const { name, type, parameters } of workflow.nodes)
      if (type === 'n8n-nodes-base.webhook') expect(parameters.authentication, name).toBe('headerAuth');
  });

  test('adds no line of n8n’s to messages', () => {
    for (const { name, type, parameters } of workflow.nodes) {
      const more = { ...(parameters.options as object), ...(parameters.additionalFields as object) };
      if (/\.(emailSend|telegram)$/.test(type))
        expect(more, name).toMatchObject({ appendAttribution: false });
    }
  });
});
