/** What stands for a mail server: takes every mail at once, in a process of its own. Port to the parent. */
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

const server = new SMTPServer({
  disabledCommands: ['STARTTLS', 'AUTH'],
  onData: (stream, _session, done) => {
    stream.resume();
    stream.once('end', () => done(null, 'queued'));
  },
});
server.on('error', () => {}); // clients that end without QUIT
server.listen(0, '127.0.0.1', () => process.send?.((server.server.address() as AddressInfo).port));
