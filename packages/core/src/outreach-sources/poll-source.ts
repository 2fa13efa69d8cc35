import type { Clock } from '../clock.js';
import type { OrgId, OutreachSourceId } from '../ids.js';
import type { Outreach, Pushed } from '../outreach/outreach.js';
import { storableText } from '../storable-text.js';
import { itemIdOf, itemOfRow } from './item-of-row.js';
import type { OpenSource, OtherRow, OtherTable, RowFate } from './other-table.js';
import { SourceFailed } from './other-table.js';
import type { SourceOpener } from './source-opener.js';
import type { SourceStore, StoredSource, TakenRows } from './source-store.js';

export interface PollParts {
  table: OtherTable;
  taken: TakenRows;
  outreach: Pick<Outreach, 'pushBatch'>;
  opener: SourceOpener;
  clock: Clock;
}

const batch = 100;
/** Of one poll; what is left is due again at once. */
const mostBatches = 20;
const longestPauseMs = 15 * 60_000;

/**
 * Takes the rows that wait in another service's table, and writes back what became of those taken before. Two databases
 * and no transaction over both, so each step can be done again:
 *
 *     lock their rows ─► push the items (idempotent by id) ─► follow them ─► accepted or rejected, and commit theirs
 *
 * Ended anywhere before the last, their rows wait as before, and the next poll finds the same items pushed. What is
 * followed is compared with what was written there for as long as it may change; a write that is lost is made again.
 */
export class PollSource {
  constructor(
    private readonly store: Pick<SourceStore, 'find' | 'polled'>,
    private readonly parts: PollParts,
  ) {}

  async poll(orgId: OrgId, id: OutreachSourceId): Promise<void> {
    const source = await this.store.find(orgId, id);
    if (!source?.active) return;
    let error: string | null = null;
    let more = false;
    try {
      const open = await this.parts.opener.open(source);
      more = await this.#take(source, open);
      await this.#writeBack(source, open);
    } catch (failure) {
      if (!(failure instanceof SourceFailed)) throw failure;
      error = storableText(failure.message);
    }
    const now = this.parts.clock.now();
    const pauseMs = error ? pauseAfter(source) : more ? 0 : source.settings.poll_seconds * 1_000;
    await this.store.polled(orgId, id, now, new Date(now.getTime() + pauseMs), error);
  }

  async #take(source: StoredSource, open: OpenSource): Promise<boolean> {
    for (let n = 0; n < mostBatches; n++)
      if ((await this.parts.table.take(open, batch, (rows) => this.#push(source, rows))) < batch)
        return false;
    return true;
  }

  async #push(source: StoredSource, rows: OtherRow[]): Promise<RowFate[]> {
    const { id, orgId } = source;
    const items = rows.map((row) => itemOfRow(source, row));
    const pushed = await this.parts.outreach.pushBatch(orgId, items);
    const fates = rows.map(({ row_id }, n) => fateOf(row_id, pushed[n]));
    const accepted = fates.filter(({ status }) => status === 'accepted');
    const followed = accepted.map(({ rowId, status }) => ({
      rowId,
      itemId: itemIdOf(id, rowId),
      written: status,
    }));
    await this.parts.taken.follow(orgId, id, followed, this.parts.clock.now());
    return fates;
  }

  async #writeBack({ orgId, id }: StoredSource, open: OpenSource): Promise<void> {
    const { table, taken, clock } = this.parts;
    for (let n = 0; n < mostBatches; n++) {
      const fates = await taken.toWrite(orgId, id, batch);
      if (fates.length === 0) break;
      const theirs = await table.write(open, fates);
      const written = fates.filter(({ rowId }) => theirs.has(rowId));
      await taken.written(orgId, id, written, clock.now());
      const lost = fates.filter(({ rowId }) => !theirs.has(rowId)).map(({ rowId }) => rowId);
      await taken.forget(orgId, id, lost);
    }
    await taken.forgetSettled(orgId, id, clock.now());
  }
}

function fateOf(rowId: string, pushed: Pushed | undefined): RowFate {
  const plain = { rowId, sentAt: null, deliveredAt: null, messageId: null };
  if (pushed?.kind === 'accepted') return { ...plain, status: 'accepted', error: null };
  return { ...plain, status: 'rejected', error: pushed?.detail ?? 'It was not taken.' };
}

/** A database that is away is asked less often, the longer it is. */
const pauseAfter = ({ failures, settings }: StoredSource): number =>
  Math.max(settings.poll_seconds * 1_000, Math.min(longestPauseMs, 10_000 * 2 ** Math.min(failures, 10)));
