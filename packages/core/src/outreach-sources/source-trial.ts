import type {
  OutreachSourceLook,
  OutreachSourceLookInput,
  OutreachSourceTest,
} from '@halyard/contracts/outreach/source';
import { SourceSettings } from '@halyard/contracts/outreach/source';
import { notFound } from '../domain-error.js';
import type { Ids, OrgId, OutreachSourceId } from '../ids.js';
import { triedRow } from './item-of-row.js';
import type { OtherTable } from './other-table.js';
import { SourceFailed } from './other-table.js';
import type { SourceOpener } from './source-opener.js';
import type { SourceStore, StoredSource } from './source-store.js';

export interface TrialParts {
  table: Pick<OtherTable, 'look' | 'describe'>;
  opener: SourceOpener;
  newId: Ids;
}

type Tried = Pick<OutreachSourceLook, 'pending' | 'problem' | 'item' | 'field'>;

const most = 1_000;
const untried: Tried = { pending: null, problem: null, item: null, field: null };

/** Tries tables of other services out, and changes nothing in them. */
export class SourceTrial {
  constructor(
    private readonly store: Pick<SourceStore, 'find'>,
    private readonly parts: TrialParts,
  ) {}

  /** Whether a source can be read, and what is wrong with its first row. */
  async test(orgId: OrgId, id: OutreachSourceId): Promise<OutreachSourceTest> {
    const source = await this.#find(orgId, id);
    try {
      const { pending, problem } = await this.#try(source, (await this.parts.opener.open(source)).url);
      return { ok: true, reason: null, pending, problem };
    } catch (error) {
      return { ok: false, reason: reasonOf(error), pending: null, problem: null };
    }
  }

  /** What a table looks like that is perhaps no source yet, and what the mapping, where there is one, makes of it. */
  async look(orgId: OrgId, input: OutreachSourceLookInput): Promise<OutreachSourceLook> {
    const { id, url: given, ...asked } = input;
    const stored = id === undefined ? null : await this.#find(orgId, id as OutreachSourceId);
    try {
      const url = given ?? (stored && (await this.parts.opener.open(stored)).url) ?? '';
      const described = await this.parts.table.describe({ settings: asked, url });
      const mapped = SourceSettings.safeParse({ ...asked, poll_seconds: 60 });
      const source = mapped.data && {
        orgId,
        id: this.parts.newId<OutreachSourceId>(),
        settings: mapped.data,
      };
      const tried = source ? await this.#try(source, url).catch(refusal) : untried;
      return { ok: true, reason: null, ...described, ...tried };
    } catch (error) {
      return { ok: false, reason: reasonOf(error), columns: [], rows: [], ...untried };
    }
  }

  async #try(source: Pick<StoredSource, 'orgId' | 'id' | 'settings'>, url: string): Promise<Tried> {
    const { table, opener } = this.parts;
    const { pending, first } = await table.look(await opener.with(source.orgId, source.settings, url), most);
    if (!first) return { ...untried, pending };
    const { item, ...rest } = triedRow(source, first);
    if (!item) return { pending, item, ...rest };
    const { channel, subject, body, target, schedule_at } = item;
    const to = (channel === 'email' ? target.email : target.external_ids[channel]) ?? null;
    return { pending, item: { channel, to, subject, body, schedule_at }, ...rest };
  }

  async #find(orgId: OrgId, id: OutreachSourceId): Promise<StoredSource> {
    const stored = await this.store.find(orgId, id);
    if (!stored) throw notFound('outreach source');
    return stored;
  }
}

/** The table is there, but not as the mapping has it. */
const refusal = (error: unknown): Tried => ({ ...untried, problem: reasonOf(error) });

function reasonOf(error: unknown): string {
  if (error instanceof SourceFailed) return error.message;
  throw error;
}
