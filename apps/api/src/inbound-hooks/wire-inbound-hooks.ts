import { SecretBox } from '@halyard/core/connections/secret-box';
import type { Backlog } from '@halyard/core/events/backlog';
import type { Idempotency } from '@halyard/core/idempotency/idempotency';
import { InboundHooks } from '@halyard/core/inbound-hooks/inbound-hooks';
import type { Accept } from '@halyard/core/inbound-hooks/receive-hook';
import { ReceiveHook } from '@halyard/core/inbound-hooks/receive-hook';
import { PgInboundHookStore } from '@halyard/postgres/inbound-hooks';
import { publicUrlOf } from '../access/public-url.js';
import { bind } from '../bind.js';
import { parseBody } from '../http/handle.js';
import type { Platform } from '../platform.js';
import type { AcceptedKinds } from './accepted-kinds.js';
import { InboundHooksController } from './inbound-hooks.controller.js';
import { ReceiveHookController } from './receive-hook.controller.js';

/** Addresses where other systems push, and the routes that take what they push. */
export function wireInboundHooks(
  { app, settings, clock, log }: Platform,
  kinds: AcceptedKinds,
  { backlog, idempotency }: { backlog: Backlog; idempotency: Idempotency },
) {
  const store = new PgInboundHookStore(app);
  const box = new SecretBox(settings.HALYARD_ENCRYPTION_KEYS);
  const hooks = new InboundHooks(store, box, clock, publicUrlOf(settings));
  const accept = acceptBy(kinds, backlog);
  return {
    controllers: [InboundHooksController, ReceiveHookController],
    providers: [bind(hooks), bind(new ReceiveHook(store, hooks, idempotency, accept, { clock, log }))],
  };
}

/** As the route table takes a body: refused while too much waits, parsed, and the answer in the shape of its route. */
const acceptBy =
  (kinds: AcceptedKinds, backlog: Backlog): Accept =>
  async (kind, { orgId, body, actor }) => {
    const { route, take } = kinds[kind](body);
    if (route.queues) backlog.check(orgId);
    const answer = await take(orgId, parseBody(route, body), actor);
    return { status: route.status, body: route.response.parse(answer) };
  };
