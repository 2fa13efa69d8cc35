import type {
  IDataObject,
  IExecuteFunctions,
  IHookFunctions,
  IHttpRequestOptions,
  ILoadOptionsFunctions,
  IWebhookFunctions,
  JsonObject,
} from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import type { ApiRequest } from './api-request';
import { shownProblem } from './problem';

export type Caller = IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions | IWebhookFunctions;

interface Answer {
  statusCode: number;
  body: unknown;
}

/** Calls Halyard with the node's credential. What is not 2xx is thrown as a NodeApiError in Halyard's own words. */
export async function callHalyard(caller: Caller, request: ApiRequest): Promise<unknown> {
  const { statusCode, body } = await ask(caller, request);
  if (statusCode >= 400) {
    const problem = typeof body === 'object' && body !== null ? body : { answer: body };
    throw new NodeApiError(caller.getNode(), problem as JsonObject, shownProblem(statusCode, body));
  }
  return statusCode === 204 || body === '' ? {} : body;
}

/** The same for something that may be gone: null when Halyard answers 404. */
export async function findInHalyard(caller: Caller, request: ApiRequest): Promise<IDataObject | null> {
  try {
    return (await callHalyard(caller, request)) as IDataObject;
  } catch (error) {
    if (error instanceof NodeApiError && error.httpCode === '404') return null;
    throw new NodeApiError(caller.getNode(), error as JsonObject);
  }
}

async function ask(caller: Caller, request: ApiRequest): Promise<Answer> {
  const { baseUrl } = await caller.getCredentials<{ baseUrl: string }>('halyardApi');
  const { method, path, query, body, idempotencyKey } = request;
  const options: IHttpRequestOptions = {
    method,
    url: `${baseUrl.replace(/\/+$/, '')}${path}`,
    qs: query,
    ...(body && { body }),
    headers: {
      accept: 'application/json',
      ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
    },
    json: true,
    returnFullResponse: true,
    ignoreHttpStatusErrors: true,
  };
  try {
    return await caller.helpers.httpRequestWithAuthentication.call(caller, 'halyardApi', options);
  } catch (error) {
    throw new NodeApiError(caller.getNode(), error as JsonObject);
  }
}
