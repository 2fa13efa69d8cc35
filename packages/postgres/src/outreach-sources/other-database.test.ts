import net from 'node:net';
import { SourceSettings } from '@halyard/contracts/outreach/source';
import { SourceFailed } from '@halyard/core/outreach-sources/other-table';
import { expect, onTestFinished, test } from 'vitest';
import { PgOtherTable } from './other-database.js';

const settings = SourceSettings.parse({
  tls: 'disable',
  schema: 'public',
  table: 't',
  columns: { id: 'id', body: 'body' },
  write_back: { status: 'status' },
  pending: 'pending',
  defaults: {},
  poll_seconds: 5,
});

/** Says so much of PostgreSQL's protocol that a client is logged in, refuses every query, and never hangs up. */
async function serverThatStays(): Promise<string> {
  const said = (type: string, body: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeInt32BE(body.length + 4);
    return Buffer.concat([Buffer.from(type), length, body]);
  };
  const ready = said('Z', Buffer.from('I'));
  const no = said('E', Buffer.from('SERROR\0C42501\0MNo.\0\0'));
  const sockets = new Set<net.Socket>();
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', () => {
      socket.write(Buffer.concat([said('R', Buffer.alloc(4)), ready]));
      socket.on(
        'data',
        (bytes) => bytes[0] !== 'X'.charCodeAt(0) && socket.write(Buffer.concat([no, ready])),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `postgres://user:secret@127.0.0.1:${(server.address() as net.AddressInfo).port}/db`;
}

test('a server that never hangs up keeps nobody waiting', { timeout: 8_000 }, async () => {
  const table = new PgOtherTable({ addressOf: async (host) => host, now: () => new Date() });
  const looking = table.look({ settings, url: await serverThatStays(), tenants: [] }, 1);
  await expect(looking).rejects.toThrow(SourceFailed);
});
