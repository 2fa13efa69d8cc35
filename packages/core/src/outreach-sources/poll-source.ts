import type { Clock } from '../clock.js';
import type { OrgId, OutreachSourceId } from '../ids.js';
import type { Outreach, Pushed } from '../outreach/outreach.js';
import type { Quarantine, QuarantinedInput } from '../review/quarantine.js';
import { storableText } from '../storable-text.js';
import { itemIdOf, itemOfRow, tooLarge } from './item-of-row.js';
import type { OpenSource, OtherRow, OtherTable, RefusedRow, RowFate } from './other-table.js';
import { SourceFailed } from './other-table.js';
import type { SourceOpener } from './source-opener.js';
import type { SourceStore, StoredSource, TakenRows } from './source-store.js';

export interface PollParts {
  table: OtherTable;
  taken: TakenRows;
  outreach: Pick<Outreach, 'pushBatch'>;
  quarantine: Quarantine;
  opener: SourceOpener;
  clock: Clock;
}

const batch = 100;
/** Of one poll; what is left is due again at once. */
const mostBatches = 20;
/** Also how long a row is left alone that their table refused. */
const longestPauseMs = 15 * 60_000;
const mostHeld = 1_000;

/**
 * Takes the rows that wait in another service's table, and writes back what became of those taken before. Two databases
 * and no transaction over both, so each step can be done again:
 *
 *     lock their rows ─► push the items (idempotent by id) ─► follow them ─► accepted or rejected, and commit theirs
 *
 * Ended anywhere before the last, their rows wait as before, and the next poll finds the same items pushed. What is
 * followed is compared with what was written there for as long as it may change; a write that is lost is made again. A
 * row that their table refuses is held and told, and the others go on.
 */
export class PollSource {
  constructor(
    private readonly store: Pick<SourceStore, 'find' | 'polled'>,
    private readonly parts: PollParts,
  ) {}

  async poll(orgId: OrgId, id: OutreachSourceId): Promise<void> {
    const source = await this.store.find(orgId, id);
    if (!source?.active) return;
    let failure: SourceFailed | null = null;
    let more = false;
    try {
      const open = await this.parts.opener.open(source);
      more = await this.#take(source, open);
      await this.#writeBack(source, open);
    } catch (error) {
      if (!(error instanceof SourceFailed)) throw error;
      failure = error;
    }
    const now = this.parts.clock.now();
    const error = failure?.message ?? sayHeld(await this.parts.taken.held(orgId, id, now, mostHeld));
    const pauseMs = failure ? pauseAfter(source) : more ? 0 : source.settings.poll_seconds * 1_000;
    await this.store.polled(orgId, id, {
      at: now,
      next: new Date(now.getTime() + pauseMs),
      error: error && storableText(error),
      failed: failure !== null,
    });
  }

  /** Whether there may be more. Nothing is taken while more is held than one thing that is wrong with rows explains. */
  async #take(source: StoredSource, open: OpenSource): Promise<boolean> {
    const { table, taken, clock } = this.parts;
    const held = await taken.held(source.orgId, source.id, clock.now(), mostHeld);
    const except = held.flatMap(({ rowId, waiting }) => (waiting ? rowId : []));
    for (let n = 0; n < mostBatches && except.length < mostHeld; n++) {
      const { rows, refused } = await table.take(open, { limit: batch, except }, (found) =>
        this.#push(source, found),
      );
      await this.#hold(source, refused, true);
      except.push(...refused.map(({ rowId }) => rowId));
      if (rows < batch) return false;
    }
    return except.length < mostHeld;
  }

  async #push(source: StoredSource, rows: OtherRow[]): Promise<RowFate[]> {
    const { id, orgId } = source;
    const { outreach, quarantine, taken, clock } = this.parts;
    const [large, read] = [rows.filter(isTooLarge), rows.filter((row) => !isTooLarge(row))];
    const aside = large.map((row) => quarantined(itemIdOf(id, row.row_id)));
    if (aside.length > 0) await quarantine.setAside(orgId, 'outreach_item', aside);
    const pushed = await outreach.pushBatch(
      orgId,
      read.map((row) => itemOfRow(source, row)),
    );
    const fates = [
      ...read.map(({ row_id }, n) => fateOf(row_id, pushed[n])),
      ...large.map(({ row_id }) => rejected(row_id, tooLarge)),
    ];
    const [accepted, others] = [fates.filter(isAccepted), fates.filter((fate) => !isAccepted(fate))];
    const followed = accepted.map(({ rowId, status }) => ({
      rowId,
      itemId: itemIdOf(id, rowId),
      written: status,
    }));
    await taken.follow(orgId, id, followed, clock.now());
    await taken.forget(orgId, id, others.map(rowIdOf));
    return fates;
  }

  async #writeBack(source: StoredSource, open: OpenSource): Promise<void> {
    const { orgId, id } = source;
    const { table, taken, clock } = this.parts;
    for (let n = 0; n < mostBatches; n++) {
      const fates = await taken.toWrite(orgId, id, clock.now(), batch);
      if (fates.length === 0) break;
      const { written, refused } = await table.write(open, fates);
      await this.#hold(source, refused, false);
      const theirs = fates.filter(({ rowId }) => written.has(rowId));
      await taken.written(orgId, id, theirs, clock.now());
      const known = new Set([...written, ...refused.map(rowIdOf)]);
      await taken.forget(
        orgId,
        id,
        fates.map(rowIdOf).filter((rowId) => !known.has(rowId)),
      );
    }
    await taken.forgetSettled(orgId, id, clock.now());
  }

  async #hold({ orgId, id }: StoredSource, refused: readonly RefusedRow[], waiting: boolean): Promise<void> {
    const { taken, clock } = this.parts;
    const rows = refused.map((row) => ({ ...row, itemId: itemIdOf(id, row.rowId) }));
    await taken.hold(orgId, id, rows, { retryAt: new Date(clock.now().getTime() + longestPauseMs), waiting });
  }
}

const rowIdOf = ({ rowId }: { rowId: string }): string => rowId;

const isTooLarge = (row: OtherRow): boolean => row.row_too_large === true;

const isAccepted = ({ status }: RowFate): boolean => status === 'accepted';

const quarantined = (itemId: string): QuarantinedInput => ({
  id: itemId,
  input: { id: itemId },
  detail: tooLarge,
  issues: [],
});

const fresh = (rowId: string) => ({ rowId, sentAt: null, deliveredAt: null, messageId: null });

const rejected = (rowId: string, error: string): RowFate => ({ ...fresh(rowId), status: 'rejected', error });

const fateOf = (rowId: string, pushed: Pushed | undefined): RowFate =>
  pushed?.kind === 'accepted'
    ? { ...fresh(rowId), status: 'accepted', error: null }
    : rejected(rowId, pushed?.detail ?? 'It was not taken.');

/** What their table refuses, for whoever set the source up; null when it refuses nothing. */
function sayHeld(held: readonly RefusedRow[]): string | null {
  const [first] = held;
  if (!first) return null;
  const rows = held.length < mostHeld ? `${held.length}` : `${mostHeld} or more`;
  return `Their table refuses ${rows} ${rows === '1' ? 'row' : 'rows'}, such as that with the key ${first.rowId}: ${first.reason} What is refused is tried again every 15 minutes.`;
}

/** A database that is away is asked less often, the longer it is. */
const pauseAfter = ({ failures, settings }: StoredSource): number =>
  Math.max(settings.poll_seconds * 1_000, Math.min(longestPauseMs, 10_000 * 2 ** Math.min(failures, 10)));
