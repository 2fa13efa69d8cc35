import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import type { SmtpSettings } from '@halyard/contracts/connections/provider-settings';
import { SmtpSettings as Settings } from '@halyard/contracts/connections/provider-settings';
import type { OpenConnection } from '@halyard/core/delivery/provider';
import type { SMTPServerOptions } from 'smtp-server';
import { SMTPServer } from 'smtp-server';
import type { FakeVendor } from './provider-conformance.js';
import { openConnection } from './sample-requests.js';

export const smtpAccount = { username: 'school', password: 'smtp-s3cr3t-password' };

export function smtpConnection(
  port: number,
  settings: Partial<SmtpSettings> = {},
  secrets: Record<string, string> = {},
): OpenConnection {
  return openConnection(
    'smtp',
    ['email'],
    Settings.parse({
      from_address: 'hello@sailing-school.example',
      host: '127.0.0.1',
      port,
      security: 'none',
      username: smtpAccount.username,
      ...settings,
    }),
    { password: smtpAccount.password, ...secrets },
  );
}

export interface MailServer extends FakeVendor {
  /** The mails as they came, whole. */
  mails: string[];
  port: number;
}

const reply = (responseCode: number, message: string): Error =>
  Object.assign(new Error(message), { responseCode });

/** smtp-server with an account; `options` make it refuse. */
export async function startMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const mails: string[] = [];
  let receive = () => {};
  const received = new Promise<void>((resolve) => {
    receive = resolve;
  });
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    closeTimeout: 20,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) =>
      username === smtpAccount.username && password === smtpAccount.password
        ? done(null, { user: username })
        : done(reply(535, '5.7.8 Authentication credentials invalid')),
    onData: (stream, _session, done) => {
      text(stream).then((mail) => {
        mails.push(mail);
        receive();
        done(null, 'queued as X1');
      }, done);
    },
    ...options,
  });
  server.on('error', () => {}); // clients that hang up are part of the tests
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    mails,
    port,
    connection: smtpConnection(port),
    received,
    count: () => mails.length,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** A server that refuses at one command, with this reply. */
export const refusingAt = (command: 'MAIL FROM' | 'RCPT TO' | 'DATA', code: number, message: string) => {
  const refuse = (_: unknown, __: unknown, done: (error: Error) => void) => done(reply(code, message));
  if (command === 'MAIL FROM') return startMailServer({ onMailFrom: refuse });
  if (command === 'RCPT TO') return startMailServer({ onRcptTo: refuse });
  return startMailServer({
    onData: (stream, _session, done) => {
      stream.resume().on('end', () => done(reply(code, message)));
    },
  });
};

export type Misbehaviour = (socket: Socket) => void;

/** Where a scripted server misbehaves. */
export interface Script {
  greeting?: Misbehaviour;
  mail?: Misbehaviour;
  data?: Misbehaviour;
  /** After the first bytes of the body. */
  body?: Misbehaviour;
  finalDot?: Misbehaviour;
}

export const hangUp: Misbehaviour = (socket) => socket.destroy();
export const sayNothing: Misbehaviour = () => {};

/** A server written by hand, for what no decent server does: hanging up, falling silent, talking nonsense. */
export async function startScriptedServer(script: Script): Promise<FakeVendor & { port: number }> {
  let count = 0;
  let receive = () => {};
  const received = new Promise<void>((resolve) => {
    receive = resolve;
  });
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    converse(socket, script, () => {
      count++;
      receive();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    connection: smtpConnection(port, { username: undefined }),
    received,
    count: () => count,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function converse(socket: Socket, script: Script, gotMail: () => void): void {
  const say = (line: string) => socket.write(`${line}\r\n`);
  let inBody = false;
  let buffered = '';
  const misbehavesAt = (step: keyof Script): boolean => {
    script[step]?.(socket);
    return script[step] !== undefined;
  };
  if (misbehavesAt('greeting')) return;
  say('220 scripted');
  socket.on('data', (bytes) => {
    buffered += bytes.toString('latin1');
    if (inBody) body();
    else commands();
  });

  function body(): void {
    if (misbehavesAt('body')) return;
    if (!buffered.includes('\r\n.\r\n')) return;
    inBody = false;
    buffered = '';
    gotMail();
    if (!misbehavesAt('finalDot')) say('250 queued');
  }

  function commands(): void {
    for (let end = buffered.indexOf('\r\n'); end >= 0 && !inBody; end = buffered.indexOf('\r\n')) {
      const command = buffered.slice(0, end).toUpperCase();
      buffered = buffered.slice(end + 2);
      if (command.startsWith('MAIL') && misbehavesAt('mail')) return;
      if (command === 'DATA' && misbehavesAt('data')) return;
      if (command !== 'DATA') say(command === 'QUIT' ? '221 bye' : '250 ok');
      else {
        inBody = true;
        say('354 go on');
      }
    }
  }
}
