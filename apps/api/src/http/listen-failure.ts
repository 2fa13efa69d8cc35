import { createServer } from 'node:net';
import { StartFailure } from '../start-failure.js';

/** Asks before anything is started, so that a port in use is told within a second. */
export function assertPortFree(port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => reject(listenFailure(error, port, host)));
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}

/** What to do when an address cannot be listened on. */
export function listenFailure(error: NodeJS.ErrnoException, port: number, host: string): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartFailure(
        `Port ${port} is in use. Stop what listens there, or choose another one, as in: PORT=${port + 1}`,
      );
    case 'EACCES':
      return new StartFailure(
        `Port ${port} needs more rights than this user has. Choose one above 1023, as in: PORT=4100`,
      );
    case 'EADDRNOTAVAIL':
      return new StartFailure(`This machine has no address ${host}. Set HOST to 127.0.0.1 or 0.0.0.0.`);
    default:
      return error;
  }
}
