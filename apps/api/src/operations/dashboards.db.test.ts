import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

const file = (path: string) => readFileSync(new URL(`../../../../ops/${path}`, import.meta.url), 'utf8');
const dashboard = JSON.parse(file('grafana/halyard.json'));
const alerts = parse(file('prometheus/alerts.yml'));

let server: TestServer;
let names: Set<string>;
beforeAll(async () => {
  server = await startTestServer();
  const metrics = await server.platform.metrics.text();
  names = new Set([...metrics.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => String(name)));
});
afterAll(() => server.stop());

/** Metrics in a PromQL expression; of a histogram, Prometheus knows three series by a suffix. */
const metricsIn = (expr: string): string[] =>
  [...expr.matchAll(/\b(?:halyard|process|nodejs)_\w+/g)].map(([name]) => {
    const base = name.replace(/_(bucket|count|sum)$/, '');
    return names.has(base) ? base : name;
  });

interface Panel {
  title: string;
  targets?: { expr: string }[];
}
interface Rule {
  alert: string;
  expr: string;
  annotations: { summary: string; description: string };
}

const panels: Panel[] = dashboard.panels;
const rules: Rule[] = alerts.groups.flatMap((group: { rules: Rule[] }) => group.rules);

test('every panel asks for metrics that there are', () => {
  const drawn = panels.filter(({ targets }) => targets);
  expect(drawn.length).toBeGreaterThan(20);
  for (const { title, targets = [] } of drawn)
    for (const { expr } of targets) {
      expect(metricsIn(expr), title).not.toEqual([]);
      for (const name of metricsIn(expr)) expect(names, title).toContain(name);
    }
});

test('every metric of ours is described in docs/observability.md', () => {
  const described = readFileSync(new URL('../../../../docs/observability.md', import.meta.url), 'utf8');
  const ours = [...names].filter((name) => name.startsWith('halyard_'));
  expect(ours.filter((name) => !described.includes(`\`${name}`))).toEqual([]);
});

test('every alert asks for metrics that there are, and says what happened and where to look', () => {
  expect(rules.length).toBeGreaterThan(5);
  for (const { alert, expr, annotations } of rules) {
    expect(metricsIn(expr), alert).not.toEqual([]);
    for (const name of metricsIn(expr)) expect(names, alert).toContain(name);
    expect(annotations, alert).toMatchObject({
      summary: expect.any(String),
      description: expect.any(String),
    });
  }
});
