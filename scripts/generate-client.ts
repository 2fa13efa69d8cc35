/** Writes packages/client/src/schema.gen.ts: the types of the HTTP client, from the route table. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clientSource } from '@halyard/client/generate';

await writeFile(join(import.meta.dirname, '../packages/client/src/schema.gen.ts'), await clientSource());
