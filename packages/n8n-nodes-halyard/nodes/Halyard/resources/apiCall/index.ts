import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';
import type { ApiRequest } from '../../../api/api-request';
import { json, text } from '../../fields/collections';
import type { Operation, Read, Resource } from '../../operation';
import { parameterValue } from '../../parameter-value';

const body = {
  ...json('Body', 'body', 'What is sent, as JSON'),
  displayOptions: { show: { method: ['PATCH', 'POST', 'PUT'] } },
};
const query = json('Query', 'query', 'Parameters of the address, such as {"limit": 10}');

function asked(read: Read): ApiRequest {
  const method = read('method') as IHttpRequestMethods;
  const sent =
    method === 'GET' || method === 'DELETE' ? undefined : parameterValue(body, read('body'), 'UTC');
  return {
    method,
    path: `/${String(read('path')).replace(/^\/+/, '')}`,
    query: (parameterValue(query, read('query'), 'UTC') ?? {}) as IDataObject,
    ...(sent !== undefined && { body: sent as IDataObject }),
  };
}

const request: Operation = {
  value: 'request',
  name: 'Request',
  action: 'Make any API call',
  description: 'Call any route of the API; what there is, Halyard tells at its own address under /docs',
  method: 'GET',
  path: '/',
  properties: [
    {
      displayName: 'Method',
      name: 'method',
      type: 'options',
      options: ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'].map((value) => ({ name: value, value })),
      default: 'GET',
    },
    { ...text('Path', 'path'), required: true, placeholder: '/products' },
    query,
    body,
  ],
  request: asked,
};

/** For the routes that have no operation of their own. */
export const apiCall: Resource = { value: 'apiCall', name: 'API Call', operations: [request] };
