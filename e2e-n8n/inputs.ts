import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { halyard } from './stage.ts';

/** An item of outreach as another service pushes it, to somebody new. */
export const outreachItem = (tenant: string, id: string = randomUUID()) => ({
  id,
  tenant_id: tenant,
  user_id: randomUUID(),
  channel: 'email',
  subject: 'Ready',
  body: 'Have a look.',
  target: { email: `${randomUUID()}@example.com` },
});

/** Makes a rule of this name over the errors of a service of this name, and one such error; returns the rule's id. */
export async function failOnce(name: string): Promise<string> {
  const rule = await halyard('POST', '/alert-rules', {
    name,
    severity: 'critical',
    metric: 'failures',
    filter: { service: name },
    window_minutes: 15,
    comparison: 'at_least',
    threshold: 1,
  });
  expect(rule.status, JSON.stringify(rule.body)).toBe(201);
  await halyard('POST', '/alerts/errors', { service: name, message: 'It timed out' });
  return rule.body.id;
}
