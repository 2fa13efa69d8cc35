import type {
  IAuthenticateGeneric,
  ICredentialTestRequest,
  ICredentialType,
  Icon,
  INodeProperties,
} from 'n8n-workflow';

/** Where Halyard runs, and a key of one organization. */
export class HalyardApi implements ICredentialType {
  name = 'halyardApi';

  displayName = 'Halyard API';

  icon: Icon = { light: 'file:../icons/halyard.svg', dark: 'file:../icons/halyard.dark.svg' };

  documentationUrl = 'https://halyard.example/docs/n8n';

  properties: INodeProperties[] = [
    {
      displayName: 'Address',
      name: 'baseUrl',
      type: 'string',
      default: '',
      required: true,
      placeholder: 'https://halyard.your-company.com',
      description: 'Where Halyard runs, without a path behind it',
    },
    {
      displayName: 'API Key',
      name: 'apiKey',
      type: 'string',
      typeOptions: { password: true },
      default: '',
      required: true,
      description: 'Made in the dashboard under Settings, API keys, with the scopes that your workflows need',
    },
  ];

  authenticate: IAuthenticateGeneric = {
    type: 'generic',
    properties: { headers: { 'X-API-Key': '={{$credentials.apiKey}}' } },
  };

  test: ICredentialTestRequest = {
    request: { baseURL: '={{$credentials.baseUrl.replace(/\\/+$/, "")}}', url: '/api-keys/current' },
  };
}
