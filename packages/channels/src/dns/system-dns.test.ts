import type { Socket } from 'node:dgram';
import { createSocket } from 'node:dgram';
import { afterEach, expect, test } from 'vitest';
import { SystemDns } from './system-dns.js';

const noSuchName = 3;
const servers: Socket[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A name server that has one TXT record, in two parts as long ones come, and nothing else. */
async function nameServer(name: string, parts: string[]): Promise<string> {
  const server = createSocket('udp4');
  servers.push(server);
  server.on('message', (query, client) => {
    const question = query.subarray(12);
    const asked = labelsIn(question).join('.');
    const known = asked === name;
    const header = Buffer.from(query.subarray(0, 12));
    header.writeUInt16BE(0x8180 | (known ? 0 : noSuchName), 2);
    header.writeUInt16BE(known ? 1 : 0, 6);
    header.writeUInt32BE(0, 8);
    const end = asked.length + 2 + 4;
    const data = Buffer.concat(parts.map((part) => Buffer.from([part.length, ...Buffer.from(part)])));
    const answer = Buffer.from([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0, data.length]);
    const body = known ? [answer, data] : [];
    server.send(Buffer.concat([header, question.subarray(0, end), ...body]), client.port, client.address);
  });
  await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve));
  return `127.0.0.1:${server.address().port}`;
}

function labelsIn(question: Buffer): string[] {
  const labels: string[] = [];
  for (let at = 0, length = question[at] ?? 0; length > 0; length = question[at] ?? 0) {
    labels.push(question.subarray(at + 1, at + 1 + length).toString());
    at += length + 1;
  }
  return labels;
}

test('the parts of a record are one text', async () => {
  const server = await nameServer('school.example', ['v=spf1 include:mail', '.example -all']);
  expect(await new SystemDns([server]).txt('school.example')).toEqual(['v=spf1 include:mail.example -all']);
});

test('a name that is not there has no records', async () => {
  const server = await nameServer('school.example', ['x']);
  expect(await new SystemDns([server]).txt('other.example')).toEqual([]);
});

test('when nobody answers nothing is known', async () => {
  const server = createSocket('udp4');
  await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  expect(await new SystemDns([`127.0.0.1:${port}`]).txt('school.example')).toBeNull();
});
