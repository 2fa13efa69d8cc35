import { randomBytes } from 'node:crypto';
import type {
  InboundHook,
  InboundHookInput,
  InboundHookPatch,
  InboundHookWithSecrets,
} from '@halyard/contracts/inbound-hooks/hook';
import type { Actor, AuditEntry } from '../actor.js';
import type { Clock } from '../clock.js';
import type { Sealed, SecretBox } from '../connections/secret-box.js';
import { aadOf } from '../connections/secret-box.js';
import { DomainError, notFound } from '../domain-error.js';
import type { Id, OrgId } from '../ids.js';
import { randomIds } from '../ids.js';
import { newSigningSecret, rotate } from '../outbox/sign-webhook.js';
import type { Page, PageRequest } from '../page.js';
import type { HookSecrets } from './verify-request.js';

export type InboundHookId = Id<'inbound_hook'>;

/** A hook as it is stored; its address is made of the token. */
export type StoredHook = Omit<InboundHook, 'url'> & { orgId: OrgId; token: string; sealed: Sealed | null };

/** What hooks need of the database. Each call is one tenant transaction; `audit` is written in it. */
export interface InboundHookStore {
  list(orgId: OrgId, page: PageRequest): Promise<Page<StoredHook>>;
  find(orgId: OrgId, id: InboundHookId): Promise<StoredHook | null>;
  insert(
    orgId: OrgId,
    hook: Pick<InboundHookInput, 'name' | 'kind' | 'signature' | 'bearer' | 'addresses'> & {
      id: InboundHookId;
      token: string;
      sealed: Sealed;
    },
    audit: AuditEntry,
  ): Promise<StoredHook>;
  update(
    orgId: OrgId,
    id: InboundHookId,
    patch: InboundHookPatch,
    audit: AuditEntry,
  ): Promise<StoredHook | null>;
  remove(orgId: OrgId, id: InboundHookId, audit: AuditEntry): Promise<boolean>;
  /** Replaces the sealed secrets by what `change` makes of them, while nobody else can. */
  reseal(
    orgId: OrgId,
    id: InboundHookId,
    change: (now: StoredHook) => Sealed,
    audit: AuditEntry,
  ): Promise<StoredHook | null>;
}

/** Where other systems push to, and what must hold for them to be believed. */
export class InboundHooks {
  constructor(
    private readonly store: InboundHookStore,
    private readonly box: SecretBox,
    private readonly clock: Clock,
    private readonly publicUrl: string,
  ) {}

  async list(orgId: OrgId, page: PageRequest): Promise<Page<InboundHook>> {
    const { items, ...rest } = await this.store.list(orgId, page);
    return { ...rest, items: items.map((one) => this.#present(one)) };
  }

  async read(orgId: OrgId, id: InboundHookId): Promise<InboundHook> {
    return this.#present(found(await this.store.find(orgId, id)));
  }

  async create(orgId: OrgId, input: InboundHookInput, actor: Actor): Promise<InboundHookWithSecrets> {
    const { signing_secret: own, ...hook } = input;
    const id = randomIds<InboundHookId>();
    const secrets: HookSecrets = {
      signing: hook.signature ? [own ? { secret: own, expires_at: null } : newSigningSecret()] : [],
      bearer: hook.bearer ? [newToken()] : [],
    };
    const sealed = this.#seal(secrets, orgId, id);
    const token = randomBytes(24).toString('base64url');
    const stored = await this.store.insert(
      orgId,
      { ...hook, id, token, sealed },
      entry(actor, 'created', id, hook),
    );
    return { ...this.#present(stored), secrets: shown(secrets) };
  }

  async update(orgId: OrgId, id: InboundHookId, patch: InboundHookPatch, actor: Actor): Promise<InboundHook> {
    return this.#present(
      found(await this.store.update(orgId, id, patch, entry(actor, 'updated', id, patch))),
    );
  }

  async remove(orgId: OrgId, id: InboundHookId, actor: Actor): Promise<void> {
    if (!(await this.store.remove(orgId, id, entry(actor, 'removed', id)))) throw notFound('inbound hook');
  }

  async rotate(orgId: OrgId, id: InboundHookId, actor: Actor): Promise<InboundHookWithSecrets> {
    let fresh: HookSecrets = { signing: [], bearer: [] };
    const change = (hook: StoredHook): Sealed => {
      if (!hook.signature && !hook.bearer)
        throw new DomainError('invalid_state', 'This hook has no secrets: it goes by addresses alone.');
      const now = this.clock.now();
      const old = this.open(hook);
      fresh = {
        signing: hook.signature ? rotate(old.signing, newSigningSecret(), now) : [],
        bearer: hook.bearer ? rotate(old.bearer, newToken(), now) : [],
      };
      return this.#seal(fresh, orgId, id);
    };
    const stored = found(await this.store.reseal(orgId, id, change, entry(actor, 'secrets_rotated', id)));
    return { ...this.#present(stored), secrets: shown(fresh) };
  }

  /** The secrets of a hook; throws a SecretBoxError when its master key is missing. */
  open({ orgId, id, sealed }: StoredHook): HookSecrets {
    if (!sealed) return { signing: [], bearer: [] };
    return JSON.parse(this.box.open(sealed.box, sealed.keyId, aadOf(orgId, id))) as HookSecrets;
  }

  #seal(secrets: HookSecrets, orgId: OrgId, id: InboundHookId): Sealed {
    return this.box.seal(JSON.stringify(secrets), aadOf(orgId, id));
  }

  #present({ orgId: _, token, sealed: __, ...hook }: StoredHook): InboundHook {
    return { ...hook, url: `${this.publicUrl}/hooks/in/${token}` };
  }
}

const newToken = () => ({ secret: randomBytes(32).toString('base64url'), expires_at: null });

const shown = ({ signing, bearer }: HookSecrets): InboundHookWithSecrets['secrets'] => ({
  ...(signing[0] && { signing_secret: signing[0].secret }),
  ...(bearer[0] && { bearer_token: bearer[0].secret }),
});

function found(hook: StoredHook | null): StoredHook {
  if (!hook) throw notFound('inbound hook');
  return hook;
}

const entry = (
  actor: Actor,
  verb: string,
  id: InboundHookId,
  changes?: Record<string, unknown>,
): AuditEntry => ({ actor, action: `inbound_hook.${verb}`, target: { type: 'inbound_hook', id }, changes });
