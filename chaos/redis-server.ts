import type { ChildProcess } from 'node:child_process';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { until } from './ask.ts';
import { keptPort } from './kept-port.ts';

/** Debian's redis-server, which keeps nothing on a disk: what it forgets is gone. */
export class RedisServer {
  readonly #port: number;
  #child: ChildProcess;

  private constructor(port: number, child: ChildProcess) {
    this.#port = port;
    this.#child = child;
  }

  static async isThere(): Promise<boolean> {
    return promisify(execFile)('redis-server', ['--version']).then(
      () => true,
      () => false,
    );
  }

  static async start(): Promise<RedisServer> {
    const port = await keptPort();
    const server = new RedisServer(port, launch(port));
    await server.#answers();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.#port}`;
  }

  flush(): Promise<string> {
    return this.#say('FLUSHALL');
  }

  async kill(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }

  async restart(): Promise<void> {
    this.#child = launch(this.#port);
    await this.#answers();
  }

  #answers(): Promise<void> {
    return until('Redis answers', () =>
      this.#say('PING').then(
        (answer) => answer.startsWith('+PONG'),
        () => false,
      ),
    );
  }

  #say(command: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(this.#port, '127.0.0.1', () => socket.write(`${command}\r\n`));
      socket.once('data', (answer) => {
        socket.destroy();
        resolve(answer.toString());
      });
      socket.once('error', reject);
    });
  }
}

const launch = (port: number): ChildProcess =>
  spawn('redis-server', ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no'], {
    stdio: 'ignore',
  });
