import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { ApiRequest } from '../api/api-request';
import { callHalyard } from '../api/call';
import { entriesOf } from '../api/pages';
import { inBatches } from './batch';
import { failedItem, failureOf } from './failure';
import { itemRequest } from './item-request';
import type { Operation } from './operation';

/** What the request of each item gave, linked to the item that it came of. */
export async function executeOperation(
  context: IExecuteFunctions,
  operation: Operation,
): Promise<INodeExecutionData[]> {
  if (operation.batch) return await inBatches(context, operation, operation.batch);
  const found: INodeExecutionData[] = [];
  for (let item = 0; item < context.getInputData().length; item++) {
    try {
      const entries = await answersTo(context, operation, item);
      for (const json of entries) found.push({ json, pairedItem: { item } });
    } catch (error) {
      const failure = failureOf(context, error, item);
      if (!context.continueOnFail()) throw failure;
      found.push(failedItem(failure, item));
    }
  }
  return found;
}

async function answersTo(
  context: IExecuteFunctions,
  operation: Operation,
  item: number,
): Promise<IDataObject[]> {
  const request = itemRequest(context, operation, item);
  const call = (one: ApiRequest): Promise<unknown> => callHalyard(context, one);
  if (operation.paged) return await entriesOf(call, request, wantedBy(context, operation, item));
  const answer = await call(request);
  return operation.items ? entriesIn(answer, operation.items) : [asItem(answer)];
}

function wantedBy(context: IExecuteFunctions, { keep }: Operation, item: number) {
  const all = context.getNodeParameter('returnAll', item, false);
  const most = all ? Number.POSITIVE_INFINITY : (context.getNodeParameter('limit', item, 50) as number);
  if (!keep) return { most };
  const moment = { now: new Date(), zone: context.getTimezone() };
  return { most, keep: (entry: IDataObject) => keep(entry, moment) };
}

const entriesIn = (answer: unknown, list: string): IDataObject[] =>
  ((answer as IDataObject)[list] as unknown[]).map(asItem);

/** n8n's items are objects. */
const asItem = (answer: unknown): IDataObject =>
  typeof answer === 'object' && answer !== null && !Array.isArray(answer)
    ? (answer as IDataObject)
    : { data: answer as IDataObject };
