import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { TestCaller, TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

let server: TestServer;
let editor: TestCaller;
beforeAll(async () => {
  server = await startTestServer({ loops: true });
  editor = await server.as('editor');
});
afterAll(() => server.stop());

const csv = { 'content-type': 'text/csv' };
async function run(file: string, query = '', headers: Record<string, string> = csv) {
  const { status, body } = await editor('POST', `/imports${query}`, file, headers);
  expect([status, body.status]).toEqual([202, 'queued']);
  return vi.waitFor(
    async () => {
      const now = (await editor('GET', `/imports/${body.id}`)).body;
      expect(['completed', 'failed']).toContain(now.status);
      return now;
    },
    { timeout: 10_000, interval: 50 },
  );
}
const found = async (query: string) => (await editor('GET', `/contacts?${query}`)).body.items;

test('a CSV file is imported; rows that cannot be taken are told with line and reason, ready for a spreadsheet', async () => {
  const file = [
    '\ufeffexternal_id,email,Vorname,attributes.level,Newsletter,Shoe size',
    '1,anna@example.org,Anna,3,ja,38',
    '2,no mail address,Ben,,,',
    '3,"clara@example.org","Clara',
    'of two lines",1,nein,',
    '=4,dora@example.org,Dora,1,perhaps,',
    '5,emil@example.org,Emil,1,ja,40,too many',
    ',,Nobody,,,',
  ].join('\r\n');
  const mapping = encodeURIComponent(
    JSON.stringify({ Vorname: 'first_name', Newsletter: 'consent.email.news' }),
  );
  const done = await run(file, `?mapping=${mapping}&consent_source=paper`);
  expect(done).toMatchObject({
    status: 'completed',
    progress: 1,
    rows_read: 6,
    created: 2,
    rejected: 4,
    ignored_columns: ['Shoe size'],
  });
  const [anna] = await found('external_id=1');
  expect(anna).toMatchObject({ first_name: 'Anna', attributes: { level: '3' } });
  const consents = (await editor('GET', `/contacts/${anna.id}/consents`)).body;
  expect(consents.current).toMatchObject([
    { channel: 'email', topic: 'news', state: 'granted', source: 'paper' },
  ]);
  expect((await found('external_id=3'))[0].first_name).toBe('Clara\r\nof two lines');
  const rejects = (await editor('GET', `/imports/${done.id}/rejects`)).body as string;
  const lines = rejects.trim().split('\r\n');
  expect(lines.map((line) => line.split(',')[0])).toEqual(['line', '3', '6', '7', '8']);
  expect(lines[1]).toContain('no mail address is not an e-mail address.');
  expect(lines[2]).toMatch(/"'=4,dora/); // cannot be a formula
  expect(lines[3]).toContain('more or fewer cells');
  expect(lines[4]).toContain('to know the contact by');
});

test('semicolons are understood, and the same file again changes nothing', async () => {
  const file = 'email;first_name\nfelix@example.org;Felix\ngreta@example.org;Greta\n';
  expect(await run(file)).toMatchObject({ created: 2, rejected: 0 });
  expect(await run(file)).toMatchObject({ created: 0, unchanged: 2 });
});

test('a dry run tells what would happen and changes nothing', async () => {
  const file = 'email,first_name\nfelix@example.org,Other\nhanna@example.org,Hanna\nwrong,W\n';
  expect(await run(file, '?dry_run=true')).toMatchObject({
    dry_run: true,
    created: 1,
    updated: 1,
    rejected: 1,
  });
  expect(await found('email=hanna@example.org')).toEqual([]);
  expect((await found('email=felix@example.org'))[0].first_name).toBe('Felix');
});

test('NDJSON takes contacts as the API does, with consents', async () => {
  const lines = [
    {
      email: 'ida@example.org',
      attributes: { level: 3 },
      consents: [{ state: 'granted', channel: 'email' }],
    },
    { email: 'jan@example.org', nickname: 'J' },
  ].map((one) => JSON.stringify(one));
  const done = await run([...lines, '', 'no json'].join('\n'), '', {
    'content-type': 'application/x-ndjson',
  });
  expect(done).toMatchObject({ created: 1, rejected: 2 });
  expect((await found('email=ida@example.org'))[0].attributes).toEqual({ level: 3 });
  const rejects = (await editor('GET', `/imports/${done.id}/rejects`)).body;
  expect(rejects).toMatch(/\r\n2,.*nickname/);
  expect(rejects).toMatch(/\r\n4,This line is not a JSON object/);
});

test.each([
  ['consent.email', { channel: 'email' }],
  ['consent.email.news', { channel: 'email' }],
  ['consent.email', { channel: 'email', topic: 'news' }],
  ['consent.*', { channel: 'email' }],
])('what a person withdrew is not granted again by a file (%s after %j)', async (column, withdrawn) => {
  const email = `${column}.${Object.values(withdrawn).join('.')}@example.org`.replaceAll('*', 'all');
  await run(`email,${column}\n${email},yes\n`);
  const [karl] = await found(`email=${email}`);
  await editor('POST', `/contacts/${karl.id}/consents`, { state: 'withdrawn', ...withdrawn });
  const before = (await editor('GET', `/contacts/${karl.id}/consents`)).body.history;
  expect(before.map((line: { state: string }) => line.state)).toEqual(['withdrawn', 'granted']);
  await run(`email,${column}\n${email},yes\n`);
  expect((await editor('GET', `/contacts/${karl.id}/consents`)).body.history).toEqual(before);
});

test('an export is taken back as it is', async () => {
  await editor('PUT', '/contacts', {
    email: 'lena@example.org',
    phone: '+4915123456780',
    attributes: { a: [1, { b: 2 }] },
  });
  const exported = (await editor('GET', '/contacts/export.csv?email=lena@example.org')).body as string;
  expect(exported).toContain("'+4915123456780");
  expect(await run(exported)).toMatchObject({ unchanged: 1, rejected: 0, ignored_columns: [] });
});

test('an empty file, another type and a quotation mark that is never closed get a clear answer', async () => {
  expect(await editor('POST', '/imports', '', csv)).toMatchObject({
    status: 400,
    body: { code: 'malformed_body' },
  });
  expect(await editor('POST', '/imports', 'x', { 'content-type': 'text/plain' })).toMatchObject({
    status: 415,
  });
  const broken = await run('email,first_name\nmia@example.org,Mia\nnils@example.org,"Nils\n');
  expect(broken).toMatchObject({ status: 'failed', created: 1 });
  expect(broken.error).toMatch(/never closed/);
});

test.each([
  ['ndjson', '{"email":"olga@example.org","first_name":"O\\u0000"}\n{"email":"paul@example.org"}\n'],
  ['ndjson', '{"email":"o@example.org","attributes":{"a":["\\ud83d"]}}\n{"email":"quentin@example.org"}\n'],
  ['ndjson', `no\u0000json\n{"email":"rosa@example.org"}\n`],
  ['csv', 'email,first_name\nwrong,S\u0000\nsven@example.org,Sven\n'],
  ['csv', `email,first_name\nwrong,${'x'.repeat(9_993)}🚤\ntilda@example.org,Tilda\n`],
])('a character that the database cannot hold costs its row, not the file (%s %#)', async (format, file) => {
  const type = format === 'csv' ? 'text/csv' : 'application/x-ndjson';
  expect(await run(file, '', { 'content-type': type })).toMatchObject({
    status: 'completed',
    created: 1,
    rejected: 1,
  });
});

test('another organization sees no import and no rejects', async () => {
  const done = await run('email\nnot an address\n');
  const other = await server.as('editor', await server.db.organization('Other school'));
  expect((await other('GET', `/imports/${done.id}`)).status).toBe(404);
  expect((await other('GET', `/imports/${done.id}/rejects`)).status).toBe(404);
  expect((await other('POST', `/imports/${done.id}/cancel`)).status).toBe(404);
  expect((await other('GET', '/imports')).body.items).toEqual([]);
});

test('nothing of the file is kept once it is read', async () => {
  const { rows } = await server.db.owner.query('select count(*)::int as n from import_chunks');
  expect(rows).toEqual([{ n: 0 }]);
});
