import { createServer } from 'node:net';

/** Below what Linux (32768 and up) and others (49152 and up) give to whoever asks for any port or opens a connection. */
const least = 20_000;
const most = 32_767;

/**
 * A free port for something that dies and comes back at the same address: while nobody listens there, no other process is
 * given it, neither to listen nor as the near end of a connection.
 */
export async function keptPort(): Promise<number> {
  for (;;) {
    const port = least + Math.floor(Math.random() * (most - least + 1));
    if (await isFree(port)) return port;
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
