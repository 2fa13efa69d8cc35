import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';

/** A request to Halyard, before it has an address and a credential. */
export interface ApiRequest {
  method: IHttpRequestMethods;
  path: string;
  query: IDataObject;
  body?: IDataObject;
  idempotencyKey?: string;
}
