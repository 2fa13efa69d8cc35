import type { Resource } from '../../operation';

export const apiKey: Resource = {
  value: 'apiKey',
  name: 'API Key',
  operations: [
    {
      value: 'getOwn',
      name: 'Get Own',
      action: 'Get the own API key',
      description: 'Get the scopes of the API key of this credential, and when it expires',
      method: 'GET',
      path: '/api-keys/current',
      properties: [],
    },
  ],
};
