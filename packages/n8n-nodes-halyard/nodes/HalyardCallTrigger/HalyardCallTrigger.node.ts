import type { INodeType, INodeTypeDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { receive } from '../webhook/signed-request';
import { started } from '../webhook/started';
import { signingSecretTest } from './signing-secret-test';

/** Starts a workflow when Halyard calls it: a flow's n8n step, or a message that this workflow is to send. */
export class HalyardCallTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Halyard Call Trigger',
    name: 'halyardCallTrigger',
    icon: { light: 'file:../../icons/halyard.svg', dark: 'file:../../icons/halyard.dark.svg' },
    group: ['trigger'],
    version: 1,
    subtitle: '={{$parameter["path"]}}',
    description: 'Starts the workflow when a flow of Halyard calls it, or hands a message over for sending',
    defaults: { name: 'Halyard Call Trigger' },
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'halyardSigningApi', required: true, testedBy: 'signingSecretTest' }],
    webhooks: [
      {
        name: 'default',
        httpMethod: 'POST',
        responseMode: '={{$parameter["responseMode"]}}',
        responseData: '={{$parameter["responseMode"] === "onReceived" ? "" : "firstEntryJson"}}',
        path: '={{$parameter["path"]}}',
        isFullPath: true,
      },
    ],
    properties: [
      {
        displayName: 'Path',
        name: 'path',
        type: 'string',
        default: '',
        required: true,
        placeholder: 'send-by-smtp',
        description:
          'The path that the flow step, or the connection, has in Halyard, without webhook/ before it',
      },
      {
        displayName: 'Respond',
        name: 'responseMode',
        type: 'options',
        options: [
          {
            name: 'Immediately',
            value: 'onReceived',
            description: 'The call is taken over; its outcome or answer is told later by the Halyard node',
          },
          {
            name: 'Using Respond to Webhook Node',
            value: 'responseNode',
            description: 'The answer is given within this call',
          },
          {
            name: 'When Last Node Finishes',
            value: 'lastNode',
            description: 'The data of the last node is the answer',
          },
        ],
        default: 'onReceived',
        description: 'When Halyard gets an answer; it waits 15 seconds',
      },
    ],
  };

  methods = { credentialTest: { signingSecretTest } };

  /** Nothing is registered: the address stands in the flow step, or in the connection. */
  webhookMethods = {
    default: {
      async checkExists(): Promise<boolean> {
        return true;
      },
      async create(): Promise<boolean> {
        return true;
      },
      async delete(): Promise<boolean> {
        return true;
      },
    },
  };

  async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
    const { signingSecret, previousSecret } = await this.getCredentials<{
      signingSecret: string;
      previousSecret?: string;
    }>('halyardSigningApi');
    const secrets = [signingSecret, previousSecret].filter((one) => one !== undefined && one !== '');
    const received = receive(this, secrets as string[], this.getWorkflowStaticData('node'));
    if (received.refused) return received.refused;
    return started(this, received.id, received.body);
  }
}
