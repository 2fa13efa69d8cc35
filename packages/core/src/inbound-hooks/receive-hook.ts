import { createHash } from 'node:crypto';
import type { InboundHook, InboundHookKind } from '@halyard/contracts/inbound-hooks/hook';
import type { Actor } from '../actor.js';
import type { Clock } from '../clock.js';
import { SecretBoxError } from '../connections/secret-box.js';
import { DomainError } from '../domain-error.js';
import type { Answer, Idempotency } from '../idempotency/idempotency.js';
import type { OrgId } from '../ids.js';
import type { Log } from '../log.js';
import type { InboundHookId, InboundHooks, StoredHook } from './inbound-hooks.js';
import type { HookRequest, HookSecrets } from './verify-request.js';
import { verifyRequest } from './verify-request.js';

/** What receiving needs of the database. */
export interface ReceivingStore {
  findByToken(token: string): Promise<StoredHook | null>;
  /** Written at most once a minute, so that a busy hook's row is not. */
  received(orgId: OrgId, id: InboundHookId, at: Date): Promise<void>;
  /** Written at most every few seconds: whoever knows the address must not make us write all the time. */
  refused(orgId: OrgId, id: InboundHookId, refusal: NonNullable<InboundHook['last_refusal']>): Promise<void>;
}

/** Hands a body on to whoever takes the kind, as the API's own route does; `DomainError` says what is wrong with it. */
export type Accept = (
  kind: InboundHookKind,
  said: { orgId: OrgId; body: unknown; actor: Actor },
) => Promise<Answer>;

const notBelieved = 'This request is not one that this address takes.';

/** What other systems push: found by its token, believed or refused by the rules of its hook, handed on once. */
export class ReceiveHook {
  constructor(
    private readonly store: ReceivingStore,
    private readonly hooks: Pick<InboundHooks, 'open'>,
    private readonly idempotency: Idempotency,
    private readonly accept: Accept,
    private readonly by: { clock: Clock; log: Log },
  ) {}

  async receive(token: string, request: HookRequest, body: unknown): Promise<Answer> {
    const hook = await this.store.findByToken(token);
    if (!hook) throw new DomainError('not_found', 'There is nothing at this address.');
    const now = this.by.clock.now();
    const verified = verifyRequest(hook, this.#secretsOf(hook), request, now);
    if (verified.kind === 'refused') {
      const { part, detail } = verified;
      const { address } = request;
      this.by.log.warn(
        { org_id: hook.orgId, hook_id: hook.id, part, detail },
        'an inbound hook refused a request',
      );
      await this.store.refused(hook.orgId, hook.id as InboundHookId, {
        at: now.toISOString(),
        part,
        detail,
        address,
      });
      // Which part was wrong is nobody's business who cannot prove who they are.
      throw new DomainError('invalid_signature', notBelieved);
    }
    if (hook.status === 'paused')
      throw new DomainError('unavailable', 'This hook is paused. Send it again later.');
    const answer = await this.#once(hook, verified.identity, body);
    await this.store.received(hook.orgId, hook.id as InboundHookId, now);
    return answer;
  }

  async #once(hook: StoredHook, identity: string | null, body: unknown): Promise<Answer> {
    const { orgId, id, name, kind } = hook;
    const actor: Actor = { type: 'automation', id: `inbound_hook:${id}`, name };
    const work = () => this.accept(kind, { orgId, body, actor });
    if (identity === null) return work();
    const key = `hook:${id}:${createHash('sha256').update(identity).digest('hex')}`;
    const { answer } = await this.idempotency.answer(
      orgId,
      { key, route: 'receiveInboundHook', url: '', body },
      work,
    );
    return answer;
  }

  #secretsOf(hook: StoredHook): HookSecrets {
    try {
      return this.hooks.open(hook);
    } catch (error) {
      // A 5xx, so that the sender tries again once the key is back.
      if (error instanceof SecretBoxError) throw new DomainError('unavailable', error.message);
      throw error;
    }
  }
}
