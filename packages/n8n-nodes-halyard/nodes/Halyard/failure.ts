import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

/** The error to show for an item (for several at once: without an index). */
export function failureOf(
  context: IExecuteFunctions,
  error: unknown,
  itemIndex?: number,
): NodeApiError | NodeOperationError {
  if (!(error instanceof NodeApiError))
    return new NodeOperationError(context.getNode(), error as Error, { itemIndex });
  if (itemIndex !== undefined) error.context.itemIndex = itemIndex;
  return error;
}

/**
 * What goes on in place of an item that failed. n8n puts `{ error: message }` in place of `json` where an item has `error`
 * beside it; without, it takes for an error what has no other keys than `error`, `message` and `details`, and keeps it.
 */
export const failedItem = (failure: NodeApiError | NodeOperationError, item: number): INodeExecutionData => ({
  json: {
    error: failure.message,
    details: {
      description: failure.description ?? null,
      http_status: failure instanceof NodeApiError && failure.httpCode ? Number(failure.httpCode) : null,
    },
  },
  pairedItem: { item },
});
