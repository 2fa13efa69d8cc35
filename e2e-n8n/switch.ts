import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { N8nProcess } from '../n8n/run/n8n-process.ts';

/** The n8n of the suite with a switch that tests can reach from their own processes: `POST /off`, `POST /on`. */
export async function startSwitch(
  start: () => Promise<N8nProcess>,
): Promise<{ url: string; switchUrl: string; stop: () => Promise<void> }> {
  let n8n: N8nProcess | null = await start();
  const { url } = n8n;
  const off = async () => {
    await n8n?.stop();
    n8n = null;
  };
  const server = createServer(async (request, response) => {
    try {
      if (request.url === '/off') await off();
      else n8n ??= await start();
      response.writeHead(204).end();
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url,
    switchUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.close();
      await off();
    },
  };
}
