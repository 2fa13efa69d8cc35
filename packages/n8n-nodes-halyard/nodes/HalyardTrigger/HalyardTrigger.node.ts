import type {
  IHookFunctions,
  INodeType,
  INodeTypeDescription,
  IWebhookFunctions,
  IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { receive } from '../webhook/signed-request';
import { started } from '../webhook/started';
import { askForSample, checkEndpoint, createEndpoint, deleteEndpoint } from './endpoint';
import { getEventTypes, sampleOf } from './event-types';
import { registrationOf, secretsOf } from './registration';

/** Starts a workflow when something happens in Halyard: once for each event, however often it is delivered. */
export class HalyardTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Halyard Trigger',
    name: 'halyardTrigger',
    icon: { light: 'file:../../icons/halyard.svg', dark: 'file:../../icons/halyard.dark.svg' },
    group: ['trigger'],
    version: 1,
    subtitle: '={{$parameter["events"].join(", ")}}',
    description: 'Starts the workflow when something happens in Halyard',
    defaults: { name: 'Halyard Trigger' },
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'halyardApi', required: true }],
    webhooks: [
      {
        name: 'default',
        httpMethod: 'POST',
        responseMode: 'onReceived',
        responseData: '',
        path: 'webhook',
      },
    ],
    properties: [
      {
        displayName: 'Event Names or IDs',
        name: 'events',
        type: 'multiOptions',
        typeOptions: { loadOptionsMethod: 'getEventTypes' },
        default: [],
        required: true,
        description:
          'What to be told of. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
      },
      {
        displayName: 'Sample When Testing',
        name: 'sample',
        type: 'boolean',
        default: true,
        description:
          'Whether a sample of the first event that was chosen comes at once when you listen for a test event',
      },
    ],
  };

  methods = { loadOptions: { getEventTypes } };

  webhookMethods = {
    default: {
      async checkExists(this: IHookFunctions): Promise<boolean> {
        return await checkEndpoint(this);
      },
      async create(this: IHookFunctions): Promise<boolean> {
        await createEndpoint(this);
        if (this.getMode() === 'manual' && this.getNodeParameter('sample')) await askForSample(this);
        return true;
      },
      async delete(this: IHookFunctions): Promise<boolean> {
        return await deleteEndpoint(this);
      },
    },
  };

  async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
    const registration = registrationOf(this);
    const received = receive(this, secretsOf(registration, new Date()), registration);
    if (received.refused) return received.refused;
    const { id, body } = received;
    const isSample = this.getMode() === 'manual' && body.type === 'endpoint.test';
    const sample = isSample
      ? await sampleOf(this, this.getNodeParameter('events') as string[], new Date())
      : null;
    return started(this, id, sample ?? body);
  }
}
