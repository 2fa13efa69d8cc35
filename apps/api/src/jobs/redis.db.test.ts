import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

const program = process.env.REDIS_SERVER ?? 'redis-server';
const available = spawnSync(program, ['--version']).status === 0;
let redis: ChildProcess;
let server: TestServer;
beforeAll(async () => {
  if (!available) return;
  const port = await freePort();
  redis = spawn(program, ['--port', String(port), '--save', '', '--bind', '127.0.0.1'], {
    stdio: 'ignore',
  });
  server = await startTestServer({ loops: true, settings: { REDIS_URL: `redis://127.0.0.1:${port}` } });
});
afterAll(async () => {
  await server?.stop();
  redis?.kill();
});

const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

test.skipIf(!available)(
  `imports run on Redis as well${available ? '' : ' (skipped: there is no redis-server here)'}`,
  async () => {
    const editor = await server.as('editor');
    const started = await editor('POST', '/imports', 'email\nanna@example.org\n', {
      'content-type': 'text/csv',
    });
    await vi.waitFor(
      async () =>
        expect((await editor('GET', `/imports/${started.body.id}`)).body).toMatchObject({
          status: 'completed',
          created: 1,
        }),
      { timeout: 20_000, interval: 50 },
    );
  },
);
