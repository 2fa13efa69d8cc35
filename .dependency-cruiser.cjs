/** Dependencies point one way: apps → postgres, channels → core → contracts. */
module.exports = {
  forbidden: [
    {
      name: 'contracts-stand-alone',
      severity: 'error',
      from: { path: '^packages/contracts/' },
      to: { path: '^(packages/(?!contracts/)|apps/)' },
    },
    {
      name: 'core-knows-contracts-only',
      severity: 'error',
      from: { path: '^packages/core/' },
      to: { path: '^(packages/(?!core/|contracts/)|apps/)' },
    },
    {
      name: 'core-has-no-infrastructure',
      comment: 'No Nest, HTTP, SQL in core.',
      severity: 'error',
      from: { path: '^packages/core/' },
      to: { path: '(^|node_modules/)(@nestjs|fastify|kysely|pg|undici|nodemailer|bullmq)(/|$)' },
    },
    {
      name: 'adapters-do-not-know-each-other',
      severity: 'error',
      from: { path: '^packages/(postgres|channels)/' },
      to: { path: '^(packages/(postgres|channels|client|cli)/|apps/)', pathNot: '^packages/$1/' },
    },
    {
      name: 'the-n8n-node-stands-alone',
      comment: 'n8n loads it without any dependency; its tests hold it to the contracts.',
      severity: 'error',
      from: { path: '^packages/n8n-nodes-halyard/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(packages/(?!n8n-nodes-halyard/)|apps/)' },
    },
    { name: 'nobody-imports-apps', severity: 'error', from: { path: '^packages/' }, to: { path: '^apps/' } },
    {
      name: 'dashboard-talks-through-the-client',
      severity: 'error',
      from: { path: '^apps/dashboard/' },
      to: { path: '^(packages/(?!client/|contracts/)|apps/(?!dashboard/))' },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(/dist/|/\\.next/|/out/|\\.gen\\.ts$)' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'node', 'import', 'default'],
    },
  },
};
