import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OpenConnection } from '@halyard/core/delivery/provider';
import type { FakeVendor, VendorMode } from './provider-conformance.js';

/** What the vendor's API answers, given the request that it got. */
export interface VendorAnswers {
  /** GET requests: those of the connection test. */
  test: (request: IncomingMessage) => { status: number; body: unknown };
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
    if (request.method === 'GET')
      return mode === 'talks_nonsense' ? page(response) : json(response, answers.test(request));
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    count++;
    receive();
    switch (mode) {
      case 'accepts':
        return json(response, answers.accepts(Buffer.concat(chunks).toString(), request));
      case 'rejects':
        return json(response, answers.rejects(request));
      case 'throttles':
        return json(response, answers.throttles(request));
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

function json(
  response: ServerResponse,
  answer: { status: number; headers?: Record<string, string>; body: unknown },
): void {
  response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
  response.end(JSON.stringify(answer.body));
}
