import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a workflow was given to send. */
export interface Handed {
  attempt_id: string;
  message_id: string;
  report_url: string;
  payload: { to: string | { address: string }; text?: string };
}

type Answer = { status: number; body?: unknown } | null;

export interface FakeN8n {
  url: string;
  port: number;
  /** In the order they came. */
  handed: Handed[];
  close(): Promise<void>;
}

/**
 * As much of n8n as Halyard meets: /healthz, and one webhook that sends. `answer`: what the webhook says to what it was
 * given; null closes the connection without an answer.
 */
export async function startFakeN8n(
  answer: (handed: Handed) => Answer | Promise<Answer> = () => ({ status: 200 }),
  port = 0,
): Promise<FakeN8n> {
  const handed: Handed[] = [];
  const server = createServer(async (request, response) => {
    if (request.url === '/healthz') return void response.end('{"status":"ok"}');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const one: Handed = JSON.parse(Buffer.concat(chunks).toString());
    handed.push(one);
    const said = await answer(one);
    if (!said) return void request.socket.destroy();
    response.writeHead(said.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(said.body ?? { message: 'Workflow was started' }));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${taken}`,
    port: taken,
    handed,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

export const signingSecret = `whsec_${Buffer.from('twenty-four bytes or more').toString('base64')}`;
