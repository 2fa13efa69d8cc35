import type { IDataObject } from 'n8n-workflow';
import { expect, test } from 'vitest';
import { listening } from '../testing/fake-n8n';
import { checkEndpoint, createEndpoint, deleteEndpoint } from './endpoint';

const address = 'https://n8n.example/webhook/1/webhook';
const parameters = { events: ['message.sent'] };
const active = { id: 'e1', url: address, status: 'active', failing_since: null };

/** Halyard with one endpoint, or none. */
const halyardWith = (endpoint: IDataObject | null) => {
  const answers: Record<string, () => { status?: number; body?: unknown }> = {
    'GET /endpoints': () => ({ body: { items: endpoint ? [endpoint] : [], next_cursor: null } }),
    'POST /endpoints': () => ({ status: 201, body: { ...active, id: 'e2', secret: 'whsec_new' } }),
    'POST /endpoints/e1/rotate': () => ({ body: { ...endpoint, secret: 'whsec_fresh' } }),
    'GET /endpoints/e1': () => (endpoint ? { body: endpoint } : { status: 404, body: { detail: 'Gone.' } }),
    'DELETE /endpoints/e1': () => (endpoint ? { status: 204, body: '' } : { status: 404, body: {} }),
  };
  return ({ method, path }: { method: string; path: string }) => answers[`${method} ${path}`]?.() ?? {};
};

const kept = (registration: IDataObject): IDataObject => ({
  registrations: { [address]: { ...registration } },
});
const registered = { endpointId: 'e1', secret: 'whsec_known' };
const callsOf = (asked: { method: string; path: string }[]) =>
  asked.map(({ method, path }) => `${method} ${path}`);
const registrationIn = (all: IDataObject) => (all.registrations as Record<string, IDataObject>)[address];

test('switching on registers the address with the events that were chosen, and keeps id and secret', async () => {
  const { asked, kept: all, context } = listening(halyardWith(null), { parameters });
  expect(await checkEndpoint(context)).toBe(false);
  expect(await createEndpoint(context)).toBe(true);
  expect(asked.at(-1)?.body).toEqual({
    url: address,
    event_types: ['message.sent'],
    description: 'n8n: Leads',
  });
  expect(registrationIn(all)).toEqual({ endpointId: 'e2', secret: 'whsec_new' });
});

test('an endpoint that is there is told what is wanted now', async () => {
  const { asked, context } = listening(halyardWith(active), { parameters, kept: kept(registered) });
  expect(await checkEndpoint(context)).toBe(true);
  expect(callsOf(asked)).toEqual(['GET /endpoints/e1', 'PATCH /endpoints/e1']);
  expect(asked[1]?.body).toEqual({ url: address, event_types: ['message.sent'] });
});

test('one that is gone is registered anew', async () => {
  const { kept: all, context } = listening(halyardWith(null), { parameters, kept: kept(registered) });
  expect(await checkEndpoint(context)).toBe(false);
  await createEndpoint(context);
  expect(registrationIn(all)).toMatchObject({ endpointId: 'e2', secret: 'whsec_new' });
});

test('one that was disabled is enabled, so that what waits for it comes', async () => {
  const disabled = { ...active, status: 'disabled' };
  const { asked, context } = listening(halyardWith(disabled), { parameters, kept: kept(registered) });
  expect(await checkEndpoint(context)).toBe(true);
  expect(callsOf(asked)).toContain('POST /endpoints/e1/enable');
});

test('one whose tries fail gets a new secret; the old one is good for another day', async () => {
  const failing = { ...active, failing_since: '2026-05-01T08:00:00Z' };
  const { kept: all, context } = listening(halyardWith(failing), { parameters, kept: kept(registered) });
  expect(await checkEndpoint(context)).toBe(true);
  expect(registrationIn(all)).toMatchObject({ secret: 'whsec_fresh', previous: { secret: 'whsec_known' } });
});

test('one that has this address already is taken over, so that nothing is told twice', async () => {
  const { asked, kept: all, context } = listening(halyardWith(active), { parameters });
  await createEndpoint(context);
  expect(callsOf(asked)).not.toContain('POST /endpoints');
  expect(registrationIn(all)).toEqual({ endpointId: 'e1', secret: 'whsec_fresh' });
});

test.each([
  ['there', active],
  ['gone', null],
])('switching off removes the endpoint and its secret when it is %s', async (_, endpoint) => {
  const all = kept({ ...registered, seen: ['w1'] });
  const { asked, context } = listening(halyardWith(endpoint), { parameters, kept: all });
  expect(await deleteEndpoint(context)).toBe(true);
  expect(callsOf(asked)).toEqual(['DELETE /endpoints/e1']);
  expect(registrationIn(all)).toEqual({ seen: ['w1'] });
});

test('what Halyard does not allow is said', async () => {
  const refusing = () => ({ status: 403, body: { detail: 'This key lacks the scope webhooks:write.' } });
  const { context } = listening(refusing, { parameters });
  await expect(createEndpoint(context)).rejects.toThrow('This key lacks the scope webhooks:write.');
});
