import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { forget, isNew } from './seen-ids';
import { signatureFault } from './verify-signature';

/** What came, when its signature is good and it is no repetition; else what n8n is to do. */
export type Received =
  | { id: string; body: IDataObject; refused?: undefined }
  | { refused: IWebhookResponseData };

/**
 * Takes in a signed request. A bad signature is answered with 401 and nothing else, as who asks may be anyone; what is
 * wrong stands in n8n's log. A repetition is answered like the first and starts nothing.
 */
export function receive(
  context: IWebhookFunctions,
  secrets: readonly string[],
  stored: { seen?: string[] },
): Received {
  const request = context.getRequestObject();
  const response = context.getResponseObject();
  const id = request.header('webhook-id');
  const fault = signatureFault(
    {
      id,
      timestamp: request.header('webhook-timestamp'),
      signature: request.header('webhook-signature'),
      body: request.rawBody,
    },
    secrets,
    new Date(),
  );
  if (fault !== null || id === undefined) {
    context.logger.warn(`${context.getNode().name} refused a request: ${fault}`);
    response.status(401).json({ error: 'The signature does not match.' });
    return { refused: { noWebhookResponse: true } };
  }
  const trigger = `${context.getWorkflow().id}/${context.getNode().id}`;
  if (!isNew(trigger, stored, id)) return { refused: { webhookResponse: { duplicate: true } } };
  response.once('finish', () => {
    if (response.statusCode >= 400) forget(trigger, id);
  });
  return { id, body: context.getBodyData() };
}
