/** Writes packages/postgres/src/schema.gen.ts: Kysely's table types, read from a freshly migrated database. */
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startEmbeddedServer } from '@halyard/postgres/embedded-server';
import { migrate } from '@halyard/postgres/migrate';

const target = join(import.meta.dirname, '../packages/postgres/src/schema.gen.ts');
const folder = await mkdtemp(join(tmpdir(), 'halyard-schema-'));
await chmod(folder, 0o755); // as root the server runs as the user postgres, who must get in
const server = await startEmbeddedServer({
  dataDir: join(folder, 'pg'),
  password: 'schema',
  persistent: false,
});
try {
  await migrate(server.urlOf('halyard'));
  const { stdout } = await promisify(execFile)('kysely-codegen', [
    '--dialect',
    'postgres',
    '--url',
    server.urlOf('halyard'),
    '--out-file',
    target,
    '--default-schema',
    'public',
    '--include-pattern',
    '(public|auth).*',
    '--no-domains',
  ]);
  // database.ts reads int8 as a number; the generator does not know.
  const generated = await readFile(target, 'utf8');
  await writeFile(
    target,
    generated.replace(
      /^export type Int8 = .*$/m,
      'export type Int8 = ColumnType<number, bigint | number | string, bigint | number | string>;',
    ),
  );
  console.log(stdout.trim());
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
