/** Packs packages/n8n-nodes-halyard for an n8n and says where: `node scripts/pack-n8n-node.ts [folder]`. */
import { join } from 'node:path';
import { packNodePackage } from '../n8n/run/pack-node-package.ts';

const [folder = join(import.meta.dirname, '../.halyard/n8n')] = process.argv.slice(2);
console.log(await packNodePackage(folder));
