import net from 'node:net';
import { checkedAddress } from '../http/checked-address.js';

/** Opens the socket to a mail server that a user named: to the very address that was checked, so that a name cannot change in between. */
export async function openCheckedSocket(host: string, port: number, timeoutMs: number): Promise<net.Socket> {
  const address = await checkedAddress(host, false);
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host: address, port, timeout: timeoutMs });
    const fail = (error: Error) => {
      socket.destroy();
      reject(error);
    };
    socket.once('error', fail);
    socket.once('timeout', () =>
      fail(Object.assign(new Error('The server did not answer.'), { code: 'ETIMEDOUT' })),
    );
    socket.once('connect', () => {
      socket.removeAllListeners('error').removeAllListeners('timeout').setTimeout(0);
      resolve(socket);
    });
  });
}
