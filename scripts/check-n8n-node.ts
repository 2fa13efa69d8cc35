/** Has n8n's own linter, builder and scanner judge packages/n8n-nodes-halyard: `node scripts/check-n8n-node.ts`. */
import { checkNodePackage } from '../n8n/run/check-node-package.ts';
import { N8nFailure } from '../n8n/run/failure.ts';

try {
  await checkNodePackage(console.log);
} catch (error) {
  if (!(error instanceof N8nFailure)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
