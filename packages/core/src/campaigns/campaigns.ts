import type {
  AudienceSize,
  Campaign,
  CampaignInput,
  CampaignSchedule,
  CampaignStats,
  Recipient,
} from '@halyard/contracts/campaigns/campaign';
import type { CampaignQuery, RecipientQuery } from '@halyard/contracts/campaigns/routes';
import type { Condition } from '@halyard/contracts/conditions';
import { crashPoint } from '#crash-point';
import type { Actor, AuditEntry } from '../actor.js';
import type { Wakeups } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import { DomainError, notFound } from '../domain-error.js';
import type { CampaignId, Ids, OrgId } from '../ids.js';
import type { Page } from '../page.js';
import { audienceIssues } from './audience.js';
import type { CampaignQueue } from './campaign-job.js';

/** What became of an order to move a campaign on: the campaign as it is now, or why not. */
export type Moved = { kind: 'moved'; campaign: Campaign } | { kind: 'refused'; reason: string };

/** What campaigns need of the database. Each call is one tenant transaction; `audit` is written in it. */
export interface CampaignStore {
  list(orgId: OrgId, query: CampaignQuery): Promise<Page<Campaign>>;
  find(orgId: OrgId, id: CampaignId): Promise<Campaign | null>;
  insert(orgId: OrgId, id: CampaignId, input: CampaignInput, audit: AuditEntry): Promise<Campaign>;
  update(orgId: OrgId, id: CampaignId, input: CampaignInput, audit: AuditEntry): Promise<Moved | null>;
  remove(orgId: OrgId, id: CampaignId, audit: AuditEntry): Promise<Moved | null>;
  /** Begins an occurrence with the templates of this moment; throws when there is no template. */
  start(orgId: OrgId, id: CampaignId, now: Date, audit: AuditEntry): Promise<Moved | null>;
  schedule(
    orgId: OrgId,
    id: CampaignId,
    schedule: CampaignSchedule,
    now: Date,
    audit: AuditEntry,
  ): Promise<Moved | null>;
  pause(orgId: OrgId, id: CampaignId, now: Date, audit: AuditEntry): Promise<Moved | null>;
  resume(orgId: OrgId, id: CampaignId, now: Date, audit: AuditEntry): Promise<Moved | null>;
  cancel(orgId: OrgId, id: CampaignId, now: Date, audit: AuditEntry): Promise<Moved | null>;
  audience(orgId: OrgId, audience: Condition, now: Date): Promise<AudienceSize>;
  stats(orgId: OrgId, id: CampaignId, occurrence: number | undefined): Promise<CampaignStats | null>;
  recipients(orgId: OrgId, id: CampaignId, query: RecipientQuery): Promise<Page<Recipient> | null>;
}

/** Campaigns as people write and move them. */
export class Campaigns {
  constructor(
    private readonly store: CampaignStore,
    private readonly queue: CampaignQueue,
    private readonly newId: Ids,
    private readonly clock: Clock,
    private readonly wakeups: Wakeups,
  ) {}

  list(orgId: OrgId, query: CampaignQuery): Promise<Page<Campaign>> {
    return this.store.list(orgId, query);
  }

  async read(orgId: OrgId, id: CampaignId): Promise<Campaign> {
    return found(await this.store.find(orgId, id));
  }

  create(orgId: OrgId, input: CampaignInput, actor: Actor): Promise<Campaign> {
    checkAudience(input.audience);
    const id = this.newId<CampaignId>();
    return this.store.insert(orgId, id, input, entry(actor, 'created', id, { name: input.name }));
  }

  async update(orgId: OrgId, id: CampaignId, input: CampaignInput, actor: Actor): Promise<Campaign> {
    checkAudience(input.audience);
    const audit = entry(actor, 'updated', id, { name: input.name });
    return moved(await this.store.update(orgId, id, input, audit));
  }

  async remove(orgId: OrgId, id: CampaignId, actor: Actor): Promise<void> {
    moved(await this.store.remove(orgId, id, entry(actor, 'removed', id)));
  }

  async start(orgId: OrgId, id: CampaignId, actor: Actor): Promise<Campaign> {
    const now = this.clock.now();
    const campaign = moved(await this.store.start(orgId, id, now, entry(actor, 'started', id)));
    crashPoint('campaign-started');
    if (campaign.occurrence)
      await this.queue.add([{ orgId, campaignId: id, kind: 'walk', occurrence: campaign.occurrence.n }]);
    this.#tell();
    return campaign;
  }

  async schedule(orgId: OrgId, id: CampaignId, schedule: CampaignSchedule, actor: Actor): Promise<Campaign> {
    const now = this.clock.now();
    const audit = entry(actor, 'scheduled', id, { schedule });
    const campaign = moved(await this.store.schedule(orgId, id, schedule, now, audit));
    this.#tell();
    return campaign;
  }

  async pause(orgId: OrgId, id: CampaignId, actor: Actor): Promise<Campaign> {
    const now = this.clock.now();
    const campaign = moved(await this.store.pause(orgId, id, now, entry(actor, 'paused', id)));
    this.#tell();
    return campaign;
  }

  async resume(orgId: OrgId, id: CampaignId, actor: Actor): Promise<Campaign> {
    const now = this.clock.now();
    const campaign = moved(await this.store.resume(orgId, id, now, entry(actor, 'resumed', id)));
    await this.queue.add([{ orgId, campaignId: id, kind: 'release' }]);
    this.#tell();
    return campaign;
  }

  async cancel(orgId: OrgId, id: CampaignId, actor: Actor): Promise<Campaign> {
    const now = this.clock.now();
    const campaign = moved(await this.store.cancel(orgId, id, now, entry(actor, 'cancelled', id)));
    await this.queue.add([{ orgId, campaignId: id, kind: 'call_off' }]);
    this.#tell();
    return campaign;
  }

  async size(orgId: OrgId, audience: Condition): Promise<AudienceSize> {
    checkAudience(audience);
    return this.store.audience(orgId, audience, this.clock.now());
  }

  async audience(orgId: OrgId, id: CampaignId): Promise<AudienceSize> {
    const { audience } = await this.read(orgId, id);
    return this.store.audience(orgId, audience, this.clock.now());
  }

  async stats(orgId: OrgId, id: CampaignId, occurrence: number | undefined): Promise<CampaignStats> {
    return found(await this.store.stats(orgId, id, occurrence));
  }

  async recipients(orgId: OrgId, id: CampaignId, query: RecipientQuery): Promise<Page<Recipient>> {
    return found(await this.store.recipients(orgId, id, query));
  }

  #tell(): void {
    this.wakeups.poke('campaigns');
    this.wakeups.poke('outbox');
  }
}

function checkAudience(audience: Condition): void {
  const issues = audienceIssues(audience, 'body.audience');
  const [first] = issues;
  if (first) throw new DomainError('invalid_request', first.message, issues);
}

function found<T>(value: T | null): T {
  if (value === null) throw notFound('campaign');
  return value;
}

function moved(result: Moved | null): Campaign {
  const outcome = found(result);
  if (outcome.kind === 'refused') throw new DomainError('invalid_state', outcome.reason);
  return outcome.campaign;
}

type Acted = 'created' | 'updated' | 'removed' | 'started' | 'scheduled' | 'paused' | 'resumed' | 'cancelled';

const entry = (actor: Actor, verb: Acted, id: CampaignId, changes?: Record<string, unknown>): AuditEntry => ({
  actor,
  action: `campaign.${verb}`,
  target: { type: 'campaign', id },
  ...(changes && { changes }),
});
