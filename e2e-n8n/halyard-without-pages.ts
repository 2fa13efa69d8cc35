/** What `pnpm start` runs after its builds: nobody opens the dashboard here. */
import { join } from 'node:path';

const { runLocal } = await import('@halyard/api/local/main');
await runLocal(join(import.meta.dirname, '..'));
