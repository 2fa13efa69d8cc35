import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

/**
 * Starts the workflow with what came. n8n keeps static data when they were changed, and looks for that right after it has
 * read the answer (the node's own, as its `responseData` is empty); but on the way to the execution n8n 2.40 forgets the
 * changes until then. So reading the answer is one: without it the ids that were seen would be lost with a restart.
 */
export function started(context: IWebhookFunctions, id: string, body: IDataObject): IWebhookResponseData {
  const kept = context.getWorkflowStaticData('node');
  return {
    workflowData: [[{ json: { id, ...body } }]],
    get webhookResponse() {
      kept.newest = id;
      return { received: true };
    },
  };
}
