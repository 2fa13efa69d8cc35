import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { ApiRequest } from '../api/api-request';
import { callHalyard } from '../api/call';
import { failedItem, failureOf } from './failure';
import { contentOf, keyOfTry } from './item-request';
import type { Batch, Operation } from './operation';
import { snakeCased } from './request';

/**
 * Sends all items in as few requests as the route takes. Halyard answers with a result for each entry in the order given:
 * accepted or rejected by itself, so that one broken item does not cost the others.
 */
export async function inBatches(
  context: IExecuteFunctions,
  operation: Operation,
  batch: Batch,
): Promise<INodeExecutionData[]> {
  const found: INodeExecutionData[] = [];
  const count = context.getInputData().length;
  for (let first = 0; first < count; first += batch.size) {
    const indexes = Array.from({ length: Math.min(batch.size, count - first) }, (_, n) => first + n);
    try {
      const results = await resultsOf(context, operation, batch, indexes);
      for (const [n, item] of indexes.entries()) found.push({ json: results[n] ?? {}, pairedItem: { item } });
    } catch (error) {
      const failure = failureOf(context, error);
      if (!context.continueOnFail()) throw failure;
      for (const item of indexes) found.push(failedItem(failure, item));
    }
  }
  return found;
}

async function resultsOf(
  context: IExecuteFunctions,
  operation: Operation,
  { into, beside = [] }: Batch,
  indexes: number[],
): Promise<IDataObject[]> {
  const entries = indexes.map((item) => contentOf(context, operation, item).body ?? {});
  const [first = 0] = indexes;
  const others = beside.map((name) => [snakeCased(name), context.getNodeParameter(name, first)]);
  const { method, path } = operation;
  const body = { [into]: entries, ...Object.fromEntries(others) };
  const request: ApiRequest = { method, path, query: {}, body };
  const idempotencyKey = keyOfTry(context, first, request);
  const answer = (await callHalyard(context, { ...request, idempotencyKey })) as { results: IDataObject[] };
  return answer.results;
}
