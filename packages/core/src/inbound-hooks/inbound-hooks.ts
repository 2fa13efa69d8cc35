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
import { madeSecrets, newToken } from './made-secrets.js';
import type { HookSecrets } from './verify-request.js';

export type InboundHookId = Id<'inbound_hook'>;

/** A hook as it is stored; its address is made of the token. */
export type StoredHook = Omit<InboundHook, 'url'> & { orgId: OrgId; token: string; sealed: Sealed | null };

/** What of a hook is written anew. */
export type HookChange = Omit<InboundHookPatch, 'signing_secret'> & { sealed?: Sealed };

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
  /** Writes what `decide` makes of the hook, while nobody else can change it. */
  update(
    orgId: OrgId,
    id: InboundHookId,
    decide: (now: StoredHook) => { change: HookChange; audit: AuditEntry },
  ): Promise<StoredHook | null>;
  remove(orgId: OrgId, id: InboundHookId, audit: AuditEntry): Promise<boolean>;
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
    const { signing_secret: _, ...hook } = input;
    const id = randomIds<InboundHookId>();
    const secrets = { ...none, ...madeSecrets({ signature: null, bearer: false }, input) };
    const sealed = this.#seal(secrets, orgId, id);
    const token = randomBytes(24).toString('base64url');
    const stored = await this.store.insert(
      orgId,
      { ...hook, id, token, sealed },
      entry(actor, 'created', id, hook),
    );
    return { ...this.#present(stored), secrets: shown(secrets) };
  }

  async update(
    orgId: OrgId,
    id: InboundHookId,
    patch: InboundHookPatch,
    actor: Actor,
  ): Promise<InboundHookWithSecrets> {
    const { signing_secret: _, ...said } = patch;
    let secrets: InboundHookWithSecrets['secrets'] = {};
    const decide = (hook: StoredHook) => {
      const made = madeSecrets(hook, patch);
      const sealed = Object.keys(made).length > 0 && this.#seal({ ...this.open(hook), ...made }, orgId, id);
      secrets = shown({ ...none, ...made });
      const kinds = Object.keys(secrets);
      return {
        change: { ...said, ...(sealed && { sealed }) },
        audit: entry(actor, 'updated', id, { ...said, ...(kinds.length > 0 && { new_secrets: kinds }) }),
      };
    };
    const stored = found(await this.store.update(orgId, id, decide));
    return { ...this.#present(stored), secrets };
  }

  async remove(orgId: OrgId, id: InboundHookId, actor: Actor): Promise<void> {
    if (!(await this.store.remove(orgId, id, entry(actor, 'removed', id)))) throw notFound('inbound hook');
  }

  async rotate(orgId: OrgId, id: InboundHookId, actor: Actor): Promise<InboundHookWithSecrets> {
    let fresh = none;
    const decide = (hook: StoredHook) => {
      if (!hook.signature && !hook.bearer)
        throw new DomainError('invalid_state', 'This hook has no secrets: it goes by addresses alone.');
      const now = this.clock.now();
      const old = this.open(hook);
      fresh = {
        signing: hook.signature ? rotate(old.signing, newSigningSecret(), now) : [],
        bearer: hook.bearer ? rotate(old.bearer, newToken(), now) : [],
      };
      return {
        change: { sealed: this.#seal(fresh, orgId, id) },
        audit: entry(actor, 'secrets_rotated', id),
      };
    };
    const stored = found(await this.store.update(orgId, id, decide));
    return { ...this.#present(stored), secrets: shown(fresh) };
  }

  /** The secrets of a hook; throws a SecretBoxError when its master key is missing. */
  open({ orgId, id, sealed }: StoredHook): HookSecrets {
    if (!sealed) return none;
    return JSON.parse(this.box.open(sealed.box, sealed.keyId, aadOf(orgId, id))) as HookSecrets;
  }

  #seal(secrets: HookSecrets, orgId: OrgId, id: InboundHookId): Sealed {
    return this.box.seal(JSON.stringify(secrets), aadOf(orgId, id));
  }

  #present({ orgId: _, token, sealed: __, ...hook }: StoredHook): InboundHook {
    return { ...hook, url: `${this.publicUrl}/hooks/in/${token}` };
  }
}

const none: HookSecrets = { signing: [], bearer: [] };

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
