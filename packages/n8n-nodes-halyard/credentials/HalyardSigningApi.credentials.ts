import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

/** What Halyard signs its calls with: the signing secret of a connection of provider n8n. */
export class HalyardSigningApi implements ICredentialType {
  name = 'halyardSigningApi';

  displayName = 'Halyard Signing API';

  icon: Icon = { light: 'file:../icons/halyard.svg', dark: 'file:../icons/halyard.dark.svg' };

  documentationUrl = 'https://halyard.example/docs/n8n';

  properties: INodeProperties[] = [
    {
      displayName: 'Signing Secret',
      name: 'signingSecret',
      type: 'string',
      typeOptions: { password: true },
      default: '',
      required: true,
      placeholder: 'whsec_…',
      description: 'The signing secret that the n8n connection has in Halyard',
    },
    {
      displayName: 'Previous Signing Secret',
      name: 'previousSecret',
      type: 'string',
      typeOptions: { password: true },
      default: '',
      description: 'The one before, while you change over: calls signed with it are taken as well',
    },
  ];
}
