import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { ApiRequest } from '../api/api-request';
import { callHalyard } from '../api/call';
import { failureOf } from './failure';
import { contentOf, keyOfTry } from './item-request';
import type { Operation } from './operation';

/**
 * Sends all items in as few requests as the route takes. Halyard answers with a result for each entry in the order given:
 * accepted or rejected by itself, so that one broken item does not cost the others.
 */
export async function inBatches(
  context: IExecuteFunctions,
  operation: Operation,
  { into, size }: { into: string; size: number },
): Promise<INodeExecutionData[]> {
  const found: INodeExecutionData[] = [];
  const count = context.getInputData().length;
  for (let first = 0; first < count; first += size) {
    const indexes = Array.from({ length: Math.min(size, count - first) }, (_, n) => first + n);
    try {
      const results = await resultsOf(context, operation, into, indexes);
      for (const [n, item] of indexes.entries()) found.push({ json: results[n] ?? {}, pairedItem: { item } });
    } catch (error) {
      const failure = failureOf(context, error);
      if (!context.continueOnFail()) throw failure;
      for (const item of indexes) found.push({ json: { error: failure.message }, pairedItem: { item } });
    }
  }
  return found;
}

async function resultsOf(
  context: IExecuteFunctions,
  operation: Operation,
  into: string,
  indexes: number[],
): Promise<IDataObject[]> {
  const entries = indexes.map((item) => contentOf(context, operation, item).body ?? {});
  const { method, path } = operation;
  const request: ApiRequest = { method, path, query: {}, body: { [into]: entries } };
  const idempotencyKey = keyOfTry(context, indexes[0] ?? 0, request);
  const answer = (await callHalyard(context, { ...request, idempotencyKey })) as { results: IDataObject[] };
  return answer.results;
}
