import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HttpPulseProbe } from './probe-pulse.js';
import { safeAgent } from './safe-agent.js';

let server: Server;
let base: string;
let asked = 0;
beforeAll(async () => {
  server = createServer(({ url }, response) => {
    asked += 1;
    if (url === '/healthz') response.end('{"status":"ok"}');
    else if (url !== '/never')
      response.writeHead(url === '/moved' ? 302 : 503, { location: '/healthz' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const probe = new HttpPulseProbe(safeAgent({ allowPrivate: true }), 300);

test('what answers well is healthy; what answers otherwise, elsewhere or not at all is not', async () => {
  expect(await probe.probe(`${base}/healthz`)).toEqual({ healthy: true });
  expect(await probe.probe(`${base}/broken`)).toEqual({ healthy: false, detail: 'It answered 503.' });
  expect(await probe.probe(`${base}/moved`)).toEqual({ healthy: false, detail: 'It answered 302.' });
  expect(await probe.probe(`${base}/never`)).toEqual({
    healthy: false,
    detail: 'It did not answer in time.',
  });
  expect(await probe.probe('http://127.0.0.1:1')).toMatchObject({ healthy: false });
});

test('an address inside is not asked', async () => {
  const before = asked;
  const guarded = new HttpPulseProbe(safeAgent({ allowPrivate: false }));
  expect(await guarded.probe(`${base}/healthz`)).toEqual({
    healthy: false,
    detail: 'The address is not one of the public internet.',
  });
  expect(asked).toBe(before);
});
