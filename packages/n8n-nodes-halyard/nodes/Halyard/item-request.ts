import { createHash } from 'node:crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { ApiRequest } from '../api/api-request';
import type { Operation } from './operation';
import { requestOf } from './request';

/** The request of one item, with its Idempotency-Key where the route takes one. */
export function itemRequest(context: IExecuteFunctions, operation: Operation, item: number): ApiRequest {
  const request = contentOf(context, operation, item);
  if (!operation.idempotent) return request;
  const { idempotencyKey: given } = context.getNodeParameter('options', item, {}) as IDataObject;
  return { ...request, idempotencyKey: given ? String(given) : keyOfTry(context, item, request) };
}

export const contentOf = (context: IExecuteFunctions, operation: Operation, item: number): ApiRequest =>
  requestOf(operation, (name) => context.getNodeParameter(name, item, undefined), context.getTimezone());

/**
 * A key that is the same when n8n tries a node again in one execution (Retry on Fail), so that a lost answer does not
 * make a second booking or message, and another one for every other item, turn of a loop, and execution.
 */
export function keyOfTry(context: IExecuteFunctions, item: number, request: ApiRequest): string {
  const { $runIndex: run } = context.getWorkflowDataProxy(item);
  const { method, path, body } = request;
  const one = [context.getExecutionId(), context.getNode().id, run, item, method, path, body];
  return `n8n-${createHash('sha256').update(JSON.stringify(one)).digest('hex')}`;
}
