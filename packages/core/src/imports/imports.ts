import type { Import, ImportQuery } from '@halyard/contracts/imports/routes';
import { largestImport } from '@halyard/contracts/imports/routes';
import { crashPoint } from '#crash-point';
import type { Actor, AuditEntry } from '../actor.js';
import { DomainError, notFound } from '../domain-error.js';
import type { ImportId, OrgId } from '../ids.js';
import { randomIds } from '../ids.js';
import type { Page, PageRequest } from '../page.js';
import type { Reject } from './run-import.js';

/** What imports need of the database. Each call is one tenant transaction. */
export interface ImportStore {
  list(orgId: OrgId, page: PageRequest): Promise<Page<Import>>;
  find(orgId: OrgId, id: ImportId): Promise<Import | null>;
  insert(
    orgId: OrgId,
    id: ImportId,
    format: Import['format'],
    query: ImportQuery,
    audit: AuditEntry,
  ): Promise<void>;
  addChunk(orgId: OrgId, id: ImportId, n: number, bytes: Buffer): Promise<void>;
  /** The file is complete: the import can run. */
  enqueue(orgId: OrgId, id: ImportId, totalBytes: number): Promise<Import>;
  /** The file did not arrive: nothing of it is kept. */
  abandon(orgId: OrgId, id: ImportId, error: string): Promise<void>;
  /** Null when there is none; false when it has ended. */
  cancel(orgId: OrgId, id: ImportId, audit: AuditEntry): Promise<Import | false | null>;
  rejects(orgId: OrgId, id: ImportId, afterLine: number, limit: number): Promise<Reject[]>;
}

/** Where imports wait to be run. It does not fail: an import that does not get there is found by the sweep. */
export interface ImportQueue {
  add(orgId: OrgId, id: ImportId): Promise<void>;
}

const chunkBytes = 256 * 1024;
const rejectsAtATime = 1_000;

/** Files of contacts. */
export class Imports {
  constructor(
    private readonly store: ImportStore,
    private readonly queue: ImportQueue,
    private readonly maxBytes = largestImport,
  ) {}

  list(orgId: OrgId, page: PageRequest): Promise<Page<Import>> {
    return this.store.list(orgId, page);
  }

  async read(orgId: OrgId, id: ImportId): Promise<Import> {
    const found = await this.store.find(orgId, id);
    if (!found) throw notFound('import');
    return found;
  }

  /** Takes in a file as it arrives, so that a large one needs no memory, and queues it. */
  async create(
    orgId: OrgId,
    format: Import['format'],
    query: ImportQuery,
    body: AsyncIterable<Buffer>,
    actor: Actor,
  ): Promise<Import> {
    const id = randomIds<ImportId>();
    const { dry_run, file_name } = query;
    await this.store.insert(orgId, id, format, query, {
      actor,
      action: 'import.created',
      target: { type: 'import', id },
      changes: { dry_run, file_name, format },
    });
    try {
      const totalBytes = await this.#store(orgId, id, body);
      const queued = await this.store.enqueue(orgId, id, totalBytes);
      crashPoint('import-stored');
      // Not waited for: a queue that is only being opened, or away, must not keep the caller from hearing that it is stored.
      void this.queue.add(orgId, id);
      return queued;
    } catch (error) {
      await this.store.abandon(
        orgId,
        id,
        error instanceof DomainError ? error.message : 'The file did not arrive.',
      );
      throw error;
    }
  }

  async cancel(orgId: OrgId, id: ImportId, actor: Actor): Promise<Import> {
    const cancelled = await this.store.cancel(orgId, id, {
      actor,
      action: 'import.cancelled',
      target: { type: 'import', id },
    });
    if (cancelled === null) throw notFound('import');
    if (cancelled === false) throw new DomainError('invalid_state', 'This import has ended already.');
    return cancelled;
  }

  /** Rows that were not imported, in the order of their lines. */
  async *rejects(orgId: OrgId, id: ImportId): AsyncGenerator<Reject> {
    let after = 0;
    for (;;) {
      const some = await this.store.rejects(orgId, id, after, rejectsAtATime);
      yield* some;
      const last = some.at(-1);
      if (!last || some.length < rejectsAtATime) return;
      after = last.line;
    }
  }

  async #store(orgId: OrgId, id: ImportId, body: AsyncIterable<Buffer>): Promise<number> {
    let total = 0;
    let n = 0;
    let waiting: Buffer[] = [];
    let size = 0;
    const flush = async () => {
      if (size) await this.store.addChunk(orgId, id, n++, Buffer.concat(waiting));
      waiting = [];
      size = 0;
    };
    for await (const bytes of body) {
      total += bytes.length;
      if (total > this.maxBytes)
        throw new DomainError(
          'payload_too_large',
          'A file may have up to 100 MB. Split it, each part with the header.',
        );
      waiting.push(bytes);
      size += bytes.length;
      if (size >= chunkBytes) await flush();
    }
    await flush();
    if (total === 0) throw new DomainError('malformed_body', 'The file is empty.');
    return total;
  }
}
