import type { IDataObject, IHttpRequestMethods, INodeProperties } from 'n8n-workflow';
import type { ApiRequest } from '../api/api-request';

/** Gives the value of a parameter of the item at hand. */
export type Read = (name: string) => unknown;

/** How a parameter travels, where its name and type do not say so already. */
export interface Sent {
  /** Where it stands in the body or query, such as `contact.email`; '' for the whole body. */
  as?: string;
  /** Where it stands instead when a resource locator is in this mode. */
  byMode?: Record<string, string>;
  /** A text with commas becomes a list. */
  list?: true;
}

/** Each item is an entry of the list `into`; parameters named in `beside` stand beside it, as the first item has them. */
export interface Batch {
  into: string;
  size: number;
  beside?: readonly string[];
}

/**
 * One operation as data: what it is called, which route it calls, and its parameters. A parameter `firstName` goes into the
 * body (of a GET: the query) as `first_name`, those of a collection likewise; `sent` says what differs. Names in the
 * path (`:contactId`) are taken from the parameter of that name.
 */
export interface Operation {
  value: string;
  name: string;
  action: string;
  description: string;
  method: IHttpRequestMethods;
  path: string;
  properties: INodeProperties[];
  /** By name of the parameter; false: it is not sent. */
  sent?: Record<string, Sent | false>;
  /** What is always sent. */
  fixed?: IDataObject;
  /** The list goes on at a cursor: Return All and Limit are offered. */
  paged?: true;
  /** Each entry of this list in the answer becomes an item. */
  items?: string;
  /** The route takes an Idempotency-Key. */
  idempotent?: true;
  /** All input items go into one request (or several, of `size`). */
  batch?: Batch;
  /** Makes the request, where it is not made of the parameters one by one. */
  request?: (read: Read) => ApiRequest;
  /** Which entries of a list are meant, where the API cannot be asked for them alone. */
  keep?: (entry: IDataObject, context: { now: Date; zone: string }) => boolean;
}

export interface Resource {
  value: string;
  name: string;
  operations: Operation[];
}
