import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface ReceivedCall {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  // biome-ignore lint/suspicious/noExplicitAny: a vendor's own body; expectations check its shape.
  body: any;
}

/** An HTTP server that answers as a vendor does and keeps what it was sent. */
export interface Vendor {
  url: string;
  calls: ReceivedCall[];
  close(): Promise<void>;
}

/** `at`: a port; one that is free when left out. */
export async function startVendor(
  answer: (call: ReceivedCall) => { status: number; body: unknown },
  at = 0,
): Promise<Vendor> {
  const calls: ReceivedCall[] = [];
  const server = createServer(async (request, response) => {
    const raw = await text(request);
    const call = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: raw ? JSON.parse(raw) : null,
    };
    if (call.method !== 'GET') calls.push(call);
    const { status, body } = answer(call);
    const isText = typeof body === 'string';
    response
      .writeHead(status, { 'content-type': isText ? 'text/plain' : 'application/json' })
      .end(isText ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Resend as its API describes itself: an account with a domain, and mails that are taken. */
export const startResend = (): Promise<Vendor> => {
  let taken = 0;
  return startVendor(({ method, path }) => {
    if (method === 'GET') return { status: 200, body: { object: 'list', data: [] } };
    return path === '/emails'
      ? { status: 200, body: { id: `resend-${++taken}` } }
      : { status: 404, body: { name: 'not_found', message: 'no such route' } };
  });
};

/** Infobip's answer to accepted messages of its SMS and WhatsApp APIs. */
export const startInfobip = (at?: number): Promise<Vendor> =>
  startVendor(({ method, body }) => {
    if (method === 'GET') return { status: 200, body: { balance: 12.5, currency: 'EUR' } };
    const status = { groupId: 1, groupName: 'PENDING', id: 26, name: 'PENDING_ACCEPTED', description: 'ok' };
    const messages = (body.messages ?? [body]).map(
      (message: { messageId?: string; destinations?: { messageId: string }[] }) => ({
        messageId: message.destinations?.[0]?.messageId ?? message.messageId,
        status,
      }),
    );
    return { status: 200, body: { bulkId: 'b1', messages } };
  }, at);
