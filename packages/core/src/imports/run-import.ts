import type { ImportMapping } from '@halyard/contracts/imports/routes';
import { crashPoint } from '#crash-point';
import type { Wakeups } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import { Rehearsal } from '../contacts/rehearsal.js';
import { maxTries } from '../decide/retry.js';
import type { Backlog } from '../events/backlog.js';
import type { ImportId, OrgId } from '../ids.js';
import type { ImportedContact } from './map-row.js';
import { mapRow, meaningOf } from './map-row.js';
import type { FileRow } from './read-rows.js';
import { readRows, UnreadableFile } from './read-rows.js';

/** An import as the job finds it: at its beginning, or where a killed one left off. */
export interface ImportJob {
  format: 'csv' | 'ndjson';
  mapping: ImportMapping;
  consentSource: string;
  /** Rows that are done already. */
  rowsRead: number;
  /** How often it was begun since it last came further, this time included. */
  begun: number;
  dryRun: boolean;
}

export interface Reject {
  line: number;
  reason: string;
  row: string;
}

/** Some rows after one another; all of their effects and the progress are written together or not at all. */
export interface ImportBatch {
  /** Rows of the file before this batch: it is taken only when the import stands exactly there. */
  after: number;
  rows: number;
  doneBytes: number;
  contacts: (ImportedContact & Pick<Reject, 'line' | 'row'>)[];
  rejects: Reject[];
  /** Of a dry run: what the rows before would have done. Nothing is written then but counts and rejected rows. */
  rehearsal: Rehearsal | null;
}

/** What running an import needs of the database, as the worker. */
export interface ImportRunStore {
  /** Marks it running; null when it is finished, cancelled or not there. */
  start(orgId: OrgId, id: ImportId, at: Date): Promise<ImportJob | null>;
  bytes(orgId: OrgId, id: ImportId): AsyncIterable<Buffer>;
  noteIgnoredColumns(orgId: OrgId, id: ImportId, columns: string[]): Promise<void>;
  /** False: the import was cancelled, or another process is ahead. */
  apply(orgId: OrgId, id: ImportId, batch: ImportBatch, at: Date): Promise<boolean>;
  /** It failed, and its process lives: nobody died of it. */
  notDied(orgId: OrgId, id: ImportId): Promise<void>;
  /** Ends it and asks a person: its file ends every process that reads it. */
  quarantine(orgId: OrgId, id: ImportId, reason: string, at: Date): Promise<void>;
  /** Ends it and lets go of the file; `error` says why it could not be read to its end. */
  finish(orgId: OrgId, id: ImportId, error: string | null, at: Date): Promise<void>;
}

const batchRows = 500;
const longestReject = 10_000;

const diedOf = (rowsRead: number): string =>
  `The process ended each time that this file was read, after row ${rowsRead}. What is in the rows before it is imported.`;

/** The cut may have halved a character, and PostgreSQL has no U+0000. */
const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '\ufffd');

/** Reads a file and writes its contacts, batch after batch. Killed, or told to end, and started again it goes on where it was. */
export class RunImport {
  constructor(
    private readonly store: ImportRunStore,
    private readonly wakeups: Wakeups,
    private readonly clock: Clock,
    private readonly backlog: Pick<Backlog, 'room'>,
  ) {}

  /** Each batch waits while too many events of the organization are undecided. Told to end, it stops between batches. */
  async run(orgId: OrgId, id: ImportId, ending: AbortSignal = new AbortController().signal): Promise<void> {
    const job = await this.store.start(orgId, id, this.clock.now());
    if (!job) return;
    if (job.begun > maxTries) return this.store.quarantine(orgId, id, diedOf(job.rowsRead), this.clock.now());
    crashPoint('import-begun');
    const rehearsal = job.dryRun ? new Rehearsal() : null;
    const apply = async (rows: number, read: FileRow[]): Promise<boolean> => {
      if (!rehearsal) await this.backlog.room(orgId, ending);
      return !ending.aborted && this.#apply(orgId, id, { ...job, rehearsal }, rows, read);
    };
    let rows = 0;
    let pending: FileRow[] = [];
    try {
      for await (const row of readRows(job.format, this.store.bytes(orgId, id))) {
        rows += 1;
        if (rows === 1 && job.format === 'csv') await this.#noteIgnored(orgId, id, row, job.mapping);
        if (rows <= job.rowsRead) continue;
        pending.push(row);
        if (pending.length < batchRows) continue;
        if (!(await apply(rows, pending))) return;
        pending = [];
      }
      if (pending.length && !(await apply(rows, pending))) return;
      await this.store.finish(orgId, id, null, this.clock.now());
      crashPoint('import-ended');
    } catch (error) {
      if (!(error instanceof UnreadableFile)) {
        await this.store.notDied(orgId, id).catch(() => {}); // then it is counted, once too often
        throw error; // the job is tried again and goes on from here
      }
      if (pending.length && !(await apply(rows, pending))) return;
      await this.store.finish(orgId, id, error.message, this.clock.now());
    }
  }

  async #apply(
    orgId: OrgId,
    id: ImportId,
    job: ImportJob & Pick<ImportBatch, 'rehearsal'>,
    rows: number,
    read: FileRow[],
  ): Promise<boolean> {
    const batch: ImportBatch = {
      after: rows - read.length,
      rows,
      doneBytes: read.at(-1)?.bytes ?? 0,
      contacts: [],
      rejects: [],
      rehearsal: job.rehearsal,
    };
    for (const row of read) {
      const at = { line: row.line, row: storable(row.raw.slice(0, longestReject)) };
      const mapped = mapRow(row, job.format, job.mapping, job);
      if (mapped.ok) batch.contacts.push({ ...mapped.contact, ...at });
      else batch.rejects.push({ ...at, reason: mapped.reason });
    }
    const applied = await this.store.apply(orgId, id, batch, this.clock.now());
    crashPoint('import-batch-committed');
    if (applied) {
      this.wakeups.poke('events');
      this.wakeups.poke('outbox');
    }
    return applied;
  }

  #noteIgnored(orgId: OrgId, id: ImportId, row: FileRow, mapping: ImportMapping): Promise<void> {
    const ignored = Object.keys(row.value).filter((header) => meaningOf(header, mapping) === null);
    return this.store.noteIgnoredColumns(orgId, id, ignored);
  }
}
