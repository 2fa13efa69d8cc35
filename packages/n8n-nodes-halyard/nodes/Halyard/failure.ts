import type { IExecuteFunctions } from 'n8n-workflow';
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
