import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Finding } from './finding.js';
import { ok, wrong } from './finding.js';

/** Whether something that speaks Redis listens at the address: a PING is answered, be it only with "NOAUTH". */
export function checkRedis(address: string): Promise<Finding> {
  const url = new URL(address);
  const port = Number(url.port || 6379);
  const socket =
    url.protocol === 'rediss:'
      ? connectTls({ host: url.hostname, port, servername: url.hostname })
      : connect({ host: url.hostname, port });
  const advice = 'Check REDIS_URL, or unset it: jobs then run on PostgreSQL.';
  return new Promise((resolve) => {
    const end = (finding: Finding) => {
      socket.destroy();
      resolve(finding);
    };
    socket.setTimeout(5_000, () => end(wrong(`Redis does not answer at ${url.host}.`, advice)));
    socket.once('error', (error: NodeJS.ErrnoException) =>
      end(wrong(`Redis cannot be reached at ${url.host} (${error.code}).`, advice)),
    );
    socket.once('data', (reply) =>
      end(
        /^(\+PONG|-NOAUTH)/.test(reply.toString())
          ? ok('Redis answers.')
          : wrong(`What listens at ${url.host} is not Redis.`, advice),
      ),
    );
    socket.write('PING\r\n');
  });
}
