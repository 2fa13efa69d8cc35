import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import type { ApiRequest } from '../api/api-request';
import { callHalyard, findInHalyard } from '../api/call';
import { entriesOf } from '../api/pages';
import { registrationOf } from './registration';

/** How long Halyard signs with an old secret beside a new one. */
const overlapMs = 24 * 3_600_000;

const at = (method: ApiRequest['method'], path: string, body?: IDataObject): ApiRequest => ({
  method,
  path,
  query: {},
  ...(body && { body }),
});

const wanted = (hook: IHookFunctions): IDataObject => ({
  url: hook.getNodeWebhookUrl('default'),
  event_types: hook.getNodeParameter('events') as string[],
});

/**
 * Whether the endpoint that was registered for this address is there and tells of what is wanted now. What was disabled is
 * enabled again, so that what waits for it comes; one whose tries fail gets a new secret, as the one known here may be
 * out of date.
 */
export async function checkEndpoint(hook: IHookFunctions): Promise<boolean> {
  const registration = registrationOf(hook);
  const { endpointId: id } = registration;
  if (!id || !registration.secret) return false;
  const endpoint = await findInHalyard(hook, at('GET', `/endpoints/${id}`));
  if (!endpoint) {
    delete registration.endpointId;
    return false;
  }
  await takeOver(hook, endpoint, endpoint.failing_since !== null);
  return true;
}

/**
 * Registers an endpoint; one that has this address already, as after a workflow was imported anew, is taken over with a new
 * secret, so that nothing is told twice.
 */
export async function createEndpoint(hook: IHookFunctions): Promise<boolean> {
  const registration = registrationOf(hook);
  const { url } = wanted(hook);
  const same = await entriesOf((request) => callHalyard(hook, request), at('GET', '/endpoints'), {
    most: 1,
    keep: (endpoint) => endpoint.url === url,
  });
  if (same[0]) {
    await takeOver(hook, same[0], true);
    return true;
  }
  const description = `n8n: ${hook.getWorkflow().name ?? hook.getWorkflow().id}`.slice(0, 500);
  const made = await callHalyard(hook, at('POST', '/endpoints', { ...wanted(hook), description }));
  const { id, secret } = made as { id: string; secret: string };
  Object.assign(registration, { endpointId: id, secret });
  return true;
}

async function takeOver(hook: IHookFunctions, endpoint: IDataObject, renewSecret: boolean): Promise<void> {
  const registration = registrationOf(hook);
  const path = `/endpoints/${endpoint.id}`;
  await callHalyard(hook, at('PATCH', path, wanted(hook)));
  if (renewSecret) {
    const { secret } = (await callHalyard(hook, at('POST', `${path}/rotate`))) as { secret: string };
    const until = new Date(Date.now() + overlapMs).toISOString();
    if (registration.secret) registration.previous = { secret: registration.secret, until };
    registration.secret = secret;
  }
  registration.endpointId = String(endpoint.id);
  if (endpoint.status === 'disabled') await callHalyard(hook, at('POST', `${path}/enable`));
}

/** Removes the endpoint; one that is gone already is as good. */
export async function deleteEndpoint(hook: IHookFunctions): Promise<boolean> {
  const registration = registrationOf(hook);
  const { endpointId: id } = registration;
  if (id) await findInHalyard(hook, at('DELETE', `/endpoints/${id}`));
  delete registration.endpointId;
  delete registration.secret;
  delete registration.previous;
  return true;
}

/** Has Halyard send a test to this endpoint, which the trigger turns into a sample of the event that is waited for. */
export async function askForSample(hook: IHookFunctions): Promise<void> {
  const { endpointId: id } = registrationOf(hook);
  if (id) await callHalyard(hook, at('POST', `/endpoints/${id}/test`));
}
