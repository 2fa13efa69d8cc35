import type {
  OutreachSource,
  OutreachSourceInput,
  OutreachSourcePatch,
} from '@halyard/contracts/outreach/source';
import { SourceSettings } from '@halyard/contracts/outreach/source';
import type { Actor, AuditEntry } from '../actor.js';
import type { SecretBox } from '../connections/secret-box.js';
import { aadOf } from '../connections/secret-box.js';
import { DomainError, notFound } from '../domain-error.js';
import type { Ids, OrgId, OutreachSourceId } from '../ids.js';
import type { Page, PageRequest } from '../page.js';
import type { OpenSource, OtherTable } from './other-table.js';
import { SourceFailed } from './other-table.js';
import type { SourceOpener } from './source-opener.js';
import type { SourceStore, StoredSource } from './source-store.js';
import { serverOf } from './source-url.js';

/** Says that a source is to be polled now; tables say the same, so that a lost word loses nothing. */
export interface PollQueue {
  add(orgId: OrgId, id: OutreachSourceId): Promise<void>;
}

export interface SourceParts {
  table: Pick<OtherTable, 'look'>;
  queue: PollQueue;
  box: SecretBox;
  opener: SourceOpener;
  newId: Ids;
}

/** Tables of other services that outreach items are read from. */
export class OutreachSources {
  constructor(
    private readonly store: SourceStore,
    private readonly parts: SourceParts,
  ) {}

  async list(orgId: OrgId, page: PageRequest): Promise<Page<OutreachSource>> {
    const { items, next_cursor } = await this.store.list(orgId, page);
    return { items: items.map(shown), next_cursor };
  }

  async read(orgId: OrgId, id: OutreachSourceId): Promise<OutreachSource> {
    return shown(await this.#find(orgId, id));
  }

  async create(orgId: OrgId, input: OutreachSourceInput, actor: Actor): Promise<OutreachSource> {
    const { name, url, active, skip_test, ...rest } = input;
    const id = this.parts.newId<OutreachSourceId>();
    const settings = SourceSettings.parse(rest);
    if (!skip_test) await this.#assertReadable(await this.parts.opener.with(orgId, settings, url));
    const sealed = this.parts.box.seal(url, aadOf(orgId, id));
    const server = serverOf(url);
    const audit = auditOf(actor, 'created', id, { name, server, active, ...settings });
    const stored = await this.store.insert(orgId, { id, name, settings, server, sealed, active }, audit);
    await this.parts.queue.add(orgId, id);
    return shown(stored);
  }

  async update(
    orgId: OrgId,
    id: OutreachSourceId,
    patch: OutreachSourcePatch,
    actor: Actor,
  ): Promise<OutreachSource> {
    const { url, skip_test, ...withoutUrl } = patch;
    const { name, active, ...rest } = withoutUrl;
    const before = await this.#find(orgId, id);
    const settings = SourceSettings.parse({ ...before.settings, ...rest });
    const moved = url !== undefined || Object.keys(rest).length > 0;
    if (moved && !skip_test) {
      const { opener } = this.parts;
      const known = url ?? (await opener.open(before)).url;
      await this.#assertReadable(await opener.with(orgId, settings, known));
    }
    const change = {
      settings,
      ...(name !== undefined && { name }),
      ...(active !== undefined && { active }),
      ...(url !== undefined && {
        sealed: this.parts.box.seal(url, aadOf(orgId, id)),
        server: serverOf(url),
      }),
    };
    // The connection string is a secret; that it was changed, and to which server, is not.
    const audit = auditOf(actor, 'updated', id, { ...withoutUrl, ...(url && { server: serverOf(url) }) });
    const stored = await this.store.update(orgId, id, change, audit);
    if (!stored) throw notFound('outreach source');
    await this.parts.queue.add(orgId, id);
    return shown(stored);
  }

  async remove(orgId: OrgId, id: OutreachSourceId, actor: Actor): Promise<void> {
    if (!(await this.store.remove(orgId, id, auditOf(actor, 'removed', id))))
      throw notFound('outreach source');
  }

  async poll(orgId: OrgId, id: OutreachSourceId): Promise<void> {
    await this.#find(orgId, id);
    await this.parts.queue.add(orgId, id);
  }

  async #find(orgId: OrgId, id: OutreachSourceId): Promise<StoredSource> {
    const stored = await this.store.find(orgId, id);
    if (!stored) throw notFound('outreach source');
    return stored;
  }

  async #assertReadable(source: OpenSource): Promise<void> {
    try {
      await this.parts.table.look(source, 1);
    } catch (error) {
      if (!(error instanceof SourceFailed)) throw error;
      throw new DomainError(
        'connection_failed',
        `${error.message} Nothing was saved. Mend it, or save it all the same with skip_test.`,
      );
    }
  }
}

const shown = ({ id, name, settings, server, active, ...rest }: StoredSource): OutreachSource => ({
  id,
  name,
  ...settings,
  server,
  active,
  taken: rest.taken,
  polled_at: rest.polledAt?.toISOString() ?? null,
  error: rest.error,
  created_at: rest.createdAt.toISOString(),
  updated_at: rest.updatedAt.toISOString(),
});

const auditOf = (
  actor: Actor,
  what: string,
  id: OutreachSourceId,
  changes?: Record<string, unknown>,
): AuditEntry => ({
  actor,
  action: `outreach_source.${what}`,
  target: { type: 'outreach_source', id },
  ...(changes ? { changes } : {}),
});
