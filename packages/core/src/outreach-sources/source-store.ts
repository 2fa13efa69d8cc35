import type { SourceSettings } from '@halyard/contracts/outreach/source';
import type { AuditEntry } from '../actor.js';
import type { Sealed } from '../connections/secret-box.js';
import type { OrgId, OutreachSourceId } from '../ids.js';
import type { Page, PageRequest } from '../page.js';
import type { RefusedRow, RowFate } from './other-table.js';

export interface StoredSource {
  id: OutreachSourceId;
  orgId: OrgId;
  name: string;
  settings: SourceSettings;
  server: string;
  sealed: Sealed;
  active: boolean;
  /** Rows taken in the last 7 days. */
  taken: number;
  polledAt: Date | null;
  error: string | null;
  failures: number;
  createdAt: Date;
  updatedAt: Date;
}

export type NewSource = Pick<StoredSource, 'id' | 'name' | 'settings' | 'server' | 'sealed' | 'active'>;

/** What sources need of our own database; each call is one transaction of the organization. */
export interface SourceStore {
  list(orgId: OrgId, page: PageRequest): Promise<Page<StoredSource>>;
  find(orgId: OrgId, id: OutreachSourceId): Promise<StoredSource | null>;
  /** Throws `conflict` when the name is taken. */
  insert(orgId: OrgId, source: NewSource, audit: AuditEntry): Promise<StoredSource>;
  update(
    orgId: OrgId,
    id: OutreachSourceId,
    change: Partial<Omit<NewSource, 'id'>>,
    audit: AuditEntry,
  ): Promise<StoredSource | null>;
  remove(orgId: OrgId, id: OutreachSourceId, audit: AuditEntry): Promise<boolean>;
  /** When it is polled next, and how the last poll went: `failed`, or with something to tell. */
  polled(
    orgId: OrgId,
    id: OutreachSourceId,
    poll: { at: Date; next: Date; error: string | null; failed: boolean },
  ): Promise<void>;
}

/** A row that their table refused; `waiting`: it still waits to be taken. */
export type HeldRow = RefusedRow & { waiting: boolean };

/** Rows that were taken, and what of their fate their table has. */
export interface TakenRows {
  /** Their items are ours: their fate is followed from the status on that their table has now. */
  follow(
    orgId: OrgId,
    sourceId: OutreachSourceId,
    rows: readonly { rowId: string; itemId: string; written: string }[],
    now: Date,
  ): Promise<void>;
  /** Rows whose item has another status than their table, but for those held. `from`: the one that was written last. */
  toWrite(
    orgId: OrgId,
    sourceId: OutreachSourceId,
    now: Date,
    limit: number,
  ): Promise<(RowFate & { from: string })[]>;
  /** Their table refused these: they are held until `retryAt`. `waiting`: they were about to be taken. */
  hold(
    orgId: OrgId,
    sourceId: OutreachSourceId,
    rows: readonly (RefusedRow & { itemId: string })[],
    until: { retryAt: Date; waiting: boolean },
  ): Promise<void>;
  /** Rows that are held now, in the order in which they are tried again. */
  held(orgId: OrgId, sourceId: OutreachSourceId, now: Date, limit: number): Promise<HeldRow[]>;
  /** Their table has it. */
  written(
    orgId: OrgId,
    sourceId: OutreachSourceId,
    fates: readonly { rowId: string; status: string }[],
    now: Date,
  ): Promise<void>;
  /** Their table has another status than we wrote, or no such row: their service has taken it back. */
  forget(orgId: OrgId, sourceId: OutreachSourceId, rowIds: readonly string[]): Promise<void>;
  /** Ends following what does not change any more. */
  forgetSettled(orgId: OrgId, sourceId: OutreachSourceId, now: Date): Promise<void>;
}
