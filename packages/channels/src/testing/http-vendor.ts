import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { OpenConnection } from '@halyard/core/delivery/provider';
import type { FakeVendor, VendorMode } from './provider-conformance.js';

/** What the vendor's API answers, given the request that it got. */
export interface VendorAnswers {
  /** The requests of the connection test: GET, or what `isTest` says. A body that is a text is sent as it is. */
  test: (request: IncomingMessage) => { status: number; body: unknown };
  isTest?: (request: IncomingMessage, body: string) => boolean;
  accepts: (body: string, request: IncomingMessage) => { status: number; body: unknown };
  rejects: (request: IncomingMessage) => { status: number; body: unknown };
  throttles: (request: IncomingMessage) => { status: number; headers: Record<string, string>; body: unknown };
}

/** A real HTTP server on port 0 that behaves as the mode says. */
export async function startHttpVendor(
  mode: VendorMode,
  answers: VendorAnswers,
  connectionTo: (baseUrl: string) => OpenConnection,
): Promise<FakeVendor> {
  let count = 0;
  let receive = () => {};
  const received = new Promise<void>((resolve) => {
    receive = resolve;
  });
  const timers = new Set<NodeJS.Timeout>();
  const server = createServer(async (request, response) => {
    const sent = await text(request);
    if (request.method === 'GET' || answers.isTest?.(request, sent))
      return mode === 'talks_nonsense' ? page(response) : reply(response, answers.test(request));
    count++;
    receive();
    switch (mode) {
      case 'accepts':
        return reply(response, answers.accepts(sent, request));
      case 'rejects':
        return reply(response, answers.rejects(request));
      case 'throttles':
        return reply(response, answers.throttles(request));
      case 'drops_the_answer':
        return void request.socket.destroy();
      case 'hangs':
      case 'refuses_the_connection':
        return;
      case 'dribbles':
        response.writeHead(200, { 'content-type': 'application/json' });
        timers.add(setInterval(() => response.write(' '), 20));
        return;
      case 'talks_nonsense':
        return page(response);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    for (const timer of timers) clearInterval(timer);
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  if (mode === 'refuses_the_connection') await close();
  return {
    connection: connectionTo(`http://127.0.0.1:${port}`),
    received,
    count: () => count,
    close: mode === 'refuses_the_connection' ? async () => {} : close,
  };
}

/** What a server that is not the vendor answers. */
function page(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/html' });
  response.end('<h1>Welcome to nginx</h1>');
}

function reply(
  response: ServerResponse,
  answer: { status: number; headers?: Record<string, string>; body: unknown },
): void {
  const isText = typeof answer.body === 'string';
  const type = isText ? 'text/plain' : 'application/json';
  response.writeHead(answer.status, { 'content-type': type, ...answer.headers });
  response.end(isText ? answer.body : JSON.stringify(answer.body));
}
