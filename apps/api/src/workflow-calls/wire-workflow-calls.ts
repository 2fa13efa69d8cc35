import { HttpWebhookPoster } from '@halyard/channels/http/post-webhook';
import { safeAgent } from '@halyard/channels/http/safe-agent';
import { ClaimLoop } from '@halyard/core/claim-loop';
import type { ConnectionOpener } from '@halyard/core/connections/open-connection';
import type { LinkTokens } from '@halyard/core/tracking/link-tokens';
import { CallWorkflows } from '@halyard/core/workflow-calls/call-workflows';
import { WorkflowCalls } from '@halyard/core/workflow-calls/workflow-calls';
import type { Database } from '@halyard/postgres/database';
import { PgWorkflowCallQueue } from '@halyard/postgres/workflow-calls/call-queue';
import { PgWorkflowCallStore } from '@halyard/postgres/workflow-calls/call-store';
import { bind } from '../bind.js';
import type { Platform } from '../platform.js';
import { WorkflowCallsController } from './workflow-calls.controller.js';

/** Steps that call workflows of n8n: the loop that hands calls over, and where workflows answer. */
export function wireWorkflowCalls(platform: Platform, tokens: LinkTokens, opener: ConnectionOpener) {
  const { app, worker, wakeups, clock } = platform;
  const calls = new WorkflowCalls(new PgWorkflowCallStore(app), tokens, wakeups, clock);
  const controllers = [WorkflowCallsController];
  const providers = [bind(calls)];
  if (!worker) return { controllers, providers, loops: [], services: [] };
  return { controllers, providers, ...callingLoop(platform, worker, tokens, opener) };
}

function callingLoop(platform: Platform, worker: Database, tokens: LinkTokens, opener: ConnectionOpener) {
  const { settings, wakeups, clock, report } = platform;
  const poster = new HttpWebhookPoster(
    safeAgent({ allowPrivate: settings.HALYARD_ALLOW_PRIVATE_ADDRESSES, connections: 20 }),
  );
  const calling = new CallWorkflows(new PgWorkflowCallQueue(worker), poster, opener, tokens, {
    clock,
    wakeups,
    watch: platform,
  });
  const loop = new ClaimLoop({
    name: 'call workflows',
    kind: 'outbox',
    work: (limit) => calling.round(limit),
    wakeups,
    clock,
    report,
    restMs: 50, // whatever happens wakes it, and few flows call workflows
  });
  return { loops: [loop], services: [{ start: async () => {}, stop: () => calling.drain() }] };
}
