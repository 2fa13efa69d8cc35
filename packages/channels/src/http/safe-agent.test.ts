import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isPublicAddress } from './public-address.js';
import { BlockedAddressError, safeAgent } from './safe-agent.js';

let server: Server;
let port: number;
let hits = 0;
beforeAll(async () => {
  server = createServer((incoming, answer) => {
    hits += 1;
    if (incoming.url === '/redirect') answer.writeHead(302, { location: 'http://127.0.0.1/elsewhere' }).end();
    else if (incoming.url === '/big') answer.end('x'.repeat(200_000));
    else if (incoming.url !== '/never') answer.end('ok');
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const notPublic = [
  '0.0.0.0',
  '10.0.0.1',
  '100.64.1.1',
  '127.0.0.1',
  '127.8.8.8',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.170',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::10.0.0.1',
  '::a00:1', // the same, as URLs write it
  '4000::1',
  '::ffff:10.0.0.1',
  '::ffff:7f00:1',
  '64:ff9b::a00:1',
  '64:ff9b:1::1',
  '100::1',
  '2001::1',
  '2001:db8::1',
  '2002:a00:1::',
  '3fff::1',
  '5f00::1',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  'localhost',
  '',
];
test.each(notPublic)('%s is not public', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});
test.each(['8.8.8.8', '93.184.216.34', '2606:4700::1111', '::ffff:8.8.8.8'])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

const resolvesTo =
  (...addresses: string[]): LookupFunction =>
  (_name, options, callback) => {
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    if (options.all) callback(null, found);
    else callback(null, found[0]?.address ?? '', found[0]?.family);
  };

describe('a request is refused before any byte is sent when the address is', () => {
  test.each([
    '127.0.0.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[64:ff9b::7f00:1]',
    'localhost',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '017700000001',
    '0177.0.0.1',
    '127.1',
    '0.0.0.0',
  ])('%s', async (host) => {
    const before = hits;
    const agent = safeAgent({ allowPrivate: false });
    const error = await request(`http://${host}:${port}/`, { dispatcher: agent }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(BlockedAddressError);
    expect(hits).toBe(before);
  });

  test.each([
    [['127.0.0.1']],
    [['10.1.2.3']],
    [['8.8.8.8', '127.0.0.1']],
    [['::1']],
    [['::ffff:192.168.0.1']],
    [[]],
  ])('a name that resolves to %s', async (addresses) => {
    const agent = safeAgent({ allowPrivate: false, lookup: resolvesTo(...addresses) });
    const error = await request(`http://innocent.example:${port}/`, { dispatcher: agent }).catch(
      (e: unknown) => e,
    );
    expect(error).toBeInstanceOf(BlockedAddressError);
  });

  test('a name that was public at first and then is not (DNS rebinding)', async () => {
    let calls = 0;
    const lookup: LookupFunction = (name, options, callback) =>
      resolvesTo(calls++ === 0 ? '8.8.8.8' : '127.0.0.1')(name, options, callback);
    lookup('rebind.example', { all: true }, (error) => expect(error).toBeNull()); // what a check beforehand would see
    const agent = safeAgent({ allowPrivate: false, lookup });
    const error = await request(`http://rebind.example:${port}/`, { dispatcher: agent }).catch(
      (e: unknown) => e,
    );
    expect(error).toBeInstanceOf(BlockedAddressError);
  });
});

test('private addresses can be allowed for development', async () => {
  const answer = await request(`http://127.0.0.1:${port}/`, {
    dispatcher: safeAgent({ allowPrivate: true }),
  });
  expect(await answer.body.text()).toBe('ok');
});

test('a redirect is returned, not followed', async () => {
  const answer = await request(`http://127.0.0.1:${port}/redirect`, {
    dispatcher: safeAgent({ allowPrivate: true }),
  });
  await answer.body.dump();
  expect(answer.statusCode).toBe(302);
});

test('an answer that is too large or does not come is given up', async () => {
  const agent = safeAgent({ allowPrivate: true, timeoutMs: 300 });
  const big = request(`http://127.0.0.1:${port}/big`, { dispatcher: agent }).then((r) => r.body.text());
  await expect(big).rejects.toMatchObject({ code: 'UND_ERR_RES_EXCEEDED_MAX_SIZE' });
  const never = request(`http://127.0.0.1:${port}/never`, { dispatcher: agent });
  await expect(never).rejects.toMatchObject({ code: 'UND_ERR_HEADERS_TIMEOUT' });
});
