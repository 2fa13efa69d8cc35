import { StartFailure } from '../../start-failure.js';

/** Calls the API with these headers; anything but success throws with what the server said. */
export type ApiCall = <T = unknown>(method: string, path: string, body?: unknown, key?: string) => Promise<T>;

/** `key` is an Idempotency-Key: a sample that was broken off is completed by doing all of it again. */
export const apiCall =
  (url: string, headers: Record<string, string>): ApiCall =>
  async <T>(method: string, path: string, body?: unknown, key?: string) => {
    const response = await fetch(url + path, {
      method,
      headers: {
        ...headers,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }).catch(explain);
    const text = await response.text();
    if (!response.ok)
      throw new Error(`The sample could not be made: ${method} ${path} answered ${response.status} ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  };

/** Ports such as 6000 are refused by everything that follows the fetch standard: Node, browsers. */
function explain(error: Error): never {
  const { message } = (error.cause ?? error) as Error;
  if (message === 'bad port')
    throw new StartFailure('Browsers refuse to open this port. Choose another one, as in: PORT=4100');
  throw error;
}
