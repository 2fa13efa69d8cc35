import type {
  Delivery,
  Endpoint,
  EndpointInput,
  EndpointPatch,
  EndpointWithSecret,
} from '@halyard/contracts/outbox/routes';
import type { Actor, AuditEntry } from '../actor.js';
import type { Wakeups } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import type { Sealed, SecretBox } from '../connections/secret-box.js';
import { aadOf } from '../connections/secret-box.js';
import { DomainError, notFound } from '../domain-error.js';
import type { EndpointId, OrgId } from '../ids.js';
import { randomIds } from '../ids.js';
import type { Page, PageRequest } from '../page.js';
import type { SigningSecret } from './sign-webhook.js';
import { newSigningSecret, rotate } from './sign-webhook.js';

/** What endpoints need of the database. Each call is one tenant transaction; `audit` is written in it. */
export interface EndpointStore {
  list(orgId: OrgId, page: PageRequest): Promise<Page<Endpoint>>;
  find(orgId: OrgId, id: EndpointId): Promise<Endpoint | null>;
  insert(
    orgId: OrgId,
    id: EndpointId,
    input: EndpointInput,
    secrets: Sealed,
    audit: AuditEntry,
  ): Promise<Endpoint>;
  update(orgId: OrgId, id: EndpointId, patch: EndpointPatch, audit: AuditEntry): Promise<Endpoint | null>;
  remove(orgId: OrgId, id: EndpointId, audit: AuditEntry): Promise<boolean>;
  /** Replaces the sealed secrets by what `change` makes of them, while nobody else can. */
  reseal(
    orgId: OrgId,
    id: EndpointId,
    change: (now: Sealed) => Sealed,
    audit: AuditEntry,
  ): Promise<Endpoint | null>;
  enable(orgId: OrgId, id: EndpointId, audit: AuditEntry): Promise<Endpoint | null>;
  disable(orgId: OrgId, id: EndpointId, reason: string, audit: AuditEntry): Promise<Endpoint | null>;
  /** Puts endpoint.test into the outbox for this endpoint alone; null when it is disabled. */
  sendTest(orgId: OrgId, id: EndpointId, at: Date): Promise<Delivery | null>;
}

/** Says why an address may not be called, or null. Calls are checked again when they connect. */
export interface UrlCheck {
  problemWith(url: string): Promise<string | null>;
}

/** Where an organization wants to be told what happens. */
export class Endpoints {
  constructor(
    private readonly store: EndpointStore,
    private readonly box: SecretBox,
    private readonly urls: UrlCheck,
    private readonly wakeups: Wakeups,
    private readonly clock: Clock,
  ) {}

  list(orgId: OrgId, page: PageRequest): Promise<Page<Endpoint>> {
    return this.store.list(orgId, page);
  }

  async read(orgId: OrgId, id: EndpointId): Promise<Endpoint> {
    return found(await this.store.find(orgId, id));
  }

  async create(orgId: OrgId, input: EndpointInput, actor: Actor): Promise<EndpointWithSecret> {
    await this.#checkUrl(input.url);
    const id = randomIds<EndpointId>();
    const secret = newSigningSecret();
    const endpoint = await this.store.insert(
      orgId,
      id,
      input,
      this.#seal([secret], orgId, id),
      entry(actor, 'created', id, input),
    );
    return { ...endpoint, secret: secret.secret };
  }

  async update(orgId: OrgId, id: EndpointId, patch: EndpointPatch, actor: Actor): Promise<Endpoint> {
    if (patch.url !== undefined) await this.#checkUrl(patch.url);
    return found(await this.store.update(orgId, id, patch, entry(actor, 'updated', id, patch)));
  }

  async remove(orgId: OrgId, id: EndpointId, actor: Actor): Promise<void> {
    if (!(await this.store.remove(orgId, id, entry(actor, 'removed', id)))) throw notFound('endpoint');
  }

  async rotate(orgId: OrgId, id: EndpointId, actor: Actor): Promise<EndpointWithSecret> {
    const fresh = newSigningSecret();
    const change = ({ box, keyId }: Sealed): Sealed => {
      const secrets = JSON.parse(this.box.open(box, keyId, aadOf(orgId, id))) as SigningSecret[];
      return this.#seal(rotate(secrets, fresh, this.clock.now()), orgId, id);
    };
    const endpoint = found(await this.store.reseal(orgId, id, change, entry(actor, 'secret_rotated', id)));
    return { ...endpoint, secret: fresh.secret };
  }

  async enable(orgId: OrgId, id: EndpointId, actor: Actor): Promise<Endpoint> {
    const endpoint = found(await this.store.enable(orgId, id, entry(actor, 'enabled', id)));
    this.wakeups.poke('outbox');
    return endpoint;
  }

  async disable(orgId: OrgId, id: EndpointId, actor: Actor): Promise<Endpoint> {
    return found(await this.store.disable(orgId, id, 'By hand.', entry(actor, 'disabled', id)));
  }

  async test(orgId: OrgId, id: EndpointId): Promise<Delivery> {
    await this.read(orgId, id);
    const delivery = await this.store.sendTest(orgId, id, this.clock.now());
    if (!delivery) throw new DomainError('invalid_state', 'This endpoint is disabled. Enable it first.');
    this.wakeups.poke('outbox');
    return delivery;
  }

  async #checkUrl(url: string): Promise<void> {
    const problem = await this.urls.problemWith(url);
    if (problem) throw new DomainError('unsafe_url', problem, [{ path: 'body.url', message: problem }]);
  }

  #seal(secrets: SigningSecret[], orgId: OrgId, id: EndpointId): Sealed {
    return this.box.seal(JSON.stringify(secrets), aadOf(orgId, id));
  }
}

function found(endpoint: Endpoint | null): Endpoint {
  if (!endpoint) throw notFound('endpoint');
  return endpoint;
}

const entry = (
  actor: Actor,
  verb: string,
  id: EndpointId,
  changes?: Record<string, unknown>,
): AuditEntry => ({ actor, action: `endpoint.${verb}`, target: { type: 'endpoint', id }, changes });
