import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ArchiveReader } from './read-archive.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'halyard-archive-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A row as COPY writes it, with what could be taken for the end of the rows, and of about as many bytes as are read at once. */
const row = fc
  .tuple(
    fc.array(fc.constantFrom('\\\\.', '\\n', '\\t', 'ä', '.', '\\\\', '', 'a\tb'), { maxLength: 5 }),
    fc.constantFrom(0, 1, 16_380, 16_384, 40_000),
  )
  .map(([parts, length]) => `${parts.join('')}${'x'.repeat(length)}${parts.join('')}\n`);

test('Feature: backup, Property 1: rows come out of a file as they went in, however long and odd they are', async () => {
  const file = join(folder, 'one.backup');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(row, { maxLength: 6 }), { maxLength: 4 }), async (tables) => {
      const sections = tables.map((rows, n) => `{"table":"t${n}","columns":[]}\n${rows.join('')}\\.\n`);
      const body = `{"halyard_backup":1}\n${sections.join('')}`;
      const sha256 = createHash('sha256').update(body).digest('hex');
      await writeFile(file, gzipSync(`${body}${JSON.stringify({ rows: {}, sequences: {}, sha256 })}\n`));
      const archive = new ArchiveReader(file);
      await archive.header();
      for (const rows of tables) {
        expect(await archive.next()).toHaveProperty('table');
        const read: Buffer[] = [];
        for await (const chunk of archive.rows()) read.push(chunk);
        expect(Buffer.concat(read).toString()).toBe(rows.join(''));
      }
      expect(await archive.next()).toMatchObject({ sha256 });
      await archive.close();
    }),
    { numRuns: 200 },
  );
});
