import type { ImportMapping } from '@halyard/contracts/imports/routes';
import type { ConsentLine, NewConsent } from '@halyard/core/contacts/consent';
import { isWithdrawn } from '@halyard/core/contacts/consent';
import type { UpsertedContact } from '@halyard/core/contacts/plan-upserts';
import type { ContactId, ImportId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import type { ImportBatch, ImportJob, ImportRunStore, Reject } from '@halyard/core/imports/run-import';
import { withoutTrace } from '@halyard/core/trace';
import { sql } from 'kysely';
import { appendConsent, readConsentLines } from './consents.js';
import { rehearseContacts, upsertContacts } from './contact-writer.js';
import type { Database, Tx } from './database.js';
import { dropFile } from './imports.js';

type ImportedRow = ImportBatch['contacts'][number];
type Counts = Record<UpsertedContact['outcome'], number>;

/** The worker's side of imports. */
export class PgImportRunStore implements ImportRunStore {
  constructor(private readonly database: Database) {}

  start(orgId: OrgId, id: ImportId, at: Date): Promise<ImportJob | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const row = await tx
        .updateTable('imports')
        .set({ status: 'running', started_at: sql`coalesce(started_at, ${at})`, begun: sql`begun + 1` })
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .where('status', 'in', ['queued', 'running'])
        .returningAll()
        .executeTakeFirst();
      if (!row) return null;
      if (row.dry_run) await startOver(tx, orgId, id);
      return {
        format: row.format as ImportJob['format'],
        mapping: row.mapping as ImportMapping,
        consentSource: (row.options as { consent_source?: string }).consent_source ?? 'import',
        rowsRead: row.dry_run ? 0 : row.rows_read,
        begun: row.begun,
        dryRun: row.dry_run,
      };
    });
  }

  /** Chunk after chunk, each in a short transaction. */
  async *bytes(orgId: OrgId, id: ImportId): AsyncGenerator<Buffer> {
    for (let n = 0; ; n++) {
      const chunk = await this.database.forOrg(orgId, (tx) =>
        tx
          .selectFrom('import_chunks')
          .select('bytes')
          .where('org_id', '=', orgId)
          .where('import_id', '=', id)
          .where('n', '=', n)
          .executeTakeFirst(),
      );
      if (!chunk) return;
      yield chunk.bytes;
    }
  }

  noteIgnoredColumns(orgId: OrgId, id: ImportId, columns: string[]): Promise<void> {
    return this.database.forOrg(orgId, async (tx) => {
      await sql`
        update imports set options = options || ${JSON.stringify({ ignored_columns: columns })}::jsonb
        where org_id = ${orgId} and id = ${id}`.execute(tx);
    });
  }

  apply(orgId: OrgId, id: ImportId, batch: ImportBatch, at: Date): Promise<boolean> {
    return withoutTrace(() => this.#apply(orgId, id, batch, at));
  }

  #apply(orgId: OrgId, id: ImportId, batch: ImportBatch, at: Date): Promise<boolean> {
    return this.database.forOrg(orgId, async (tx) => {
      // The row is the lock: a cancellation waits for the batch, and of two processes only one finds it where it stands.
      const held = await tx
        .selectFrom('imports')
        .select('id')
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .where('status', '=', 'running')
        .where('rows_read', '=', batch.after)
        .forUpdate()
        .executeTakeFirst();
      if (!held) return false;
      const { counts, refused } = await takeRows(tx, orgId, batch, at);
      await writeRejects(tx, orgId, id, [...batch.rejects, ...refused]);
      await sql`
        update imports set begun = case when dry_run then begun else 1 end, rows_read = ${batch.rows}, done_bytes = ${batch.doneBytes},
          created_count = created_count + ${counts.created}, updated_count = updated_count + ${counts.updated},
          unchanged_count = unchanged_count + ${counts.unchanged},
          rejected_count = rejected_count + ${counts.refused + batch.rejects.length}
        where org_id = ${orgId} and id = ${id}`.execute(tx);
      return true;
    });
  }

  notDied(orgId: OrgId, id: ImportId): Promise<void> {
    return this.database.forOrg(orgId, async (tx) => {
      await sql`update imports set begun = begun - 1 where org_id = ${orgId} and id = ${id}`.execute(tx);
    });
  }

  finish(orgId: OrgId, id: ImportId, error: string | null, at: Date): Promise<void> {
    return this.database.forOrg(orgId, async (tx) => {
      await end(tx, orgId, id, error, at);
    });
  }

  quarantine(orgId: OrgId, id: ImportId, reason: string, at: Date): Promise<void> {
    return this.database.forOrg(orgId, async (tx) => {
      if (await end(tx, orgId, id, reason, at)) await askPerson(tx, orgId, id, reason);
    });
  }

  /** Imports that wait or were broken off, whatever became of their jobs; an upload that stopped an hour ago ends here. */
  unfinished(): Promise<{ orgId: OrgId; id: ImportId }[]> {
    return this.database.across(async (tx) => {
      await sql`
        with given_up as (
          update imports set status = 'failed', error = 'The file did not arrive.', finished_at = now()
          where status = 'uploading' and created_at < now() - interval '1 hour' returning org_id, id
        )
        delete from import_chunks using given_up
        where import_chunks.org_id = given_up.org_id and import_chunks.import_id = given_up.id`.execute(tx);
      const rows = await tx
        .selectFrom('imports')
        .select(['org_id', 'id'])
        .where('status', 'in', ['queued', 'running'])
        .execute();
      return rows.map((row) => ({ orgId: row.org_id as OrgId, id: row.id as ImportId }));
    });
  }
}

/** False when it had ended before. */
async function end(tx: Tx, orgId: OrgId, id: ImportId, error: string | null, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('imports')
    .set({ status: error === null ? 'completed' : 'failed', error, finished_at: at })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .where('status', '=', 'running')
    .executeTakeFirst();
  await dropFile(tx, orgId, id);
  return numUpdatedRows > 0n;
}

const askPerson = (tx: Tx, orgId: OrgId, id: ImportId, reason: string) =>
  tx
    .insertInto('review_items')
    .values({
      org_id: orgId,
      id: randomIds(),
      kind: 'quarantined_input',
      subject_type: 'import',
      subject_id: id,
      reason,
    })
    .execute();

/** What a dry run that was killed had found out of its own file is gone with its process: it begins again. */
async function startOver(tx: Tx, orgId: OrgId, id: ImportId): Promise<void> {
  await tx
    .updateTable('imports')
    .set({
      rows_read: 0,
      done_bytes: 0,
      created_count: 0,
      updated_count: 0,
      unchanged_count: 0,
      rejected_count: 0,
    })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute();
  await tx.deleteFrom('import_rejects').where('org_id', '=', orgId).where('import_id', '=', id).execute();
}

/** Writes the rows; a dry run only finds out what would become of them. */
async function takeRows(
  tx: Tx,
  orgId: OrgId,
  { contacts: rows, rehearsal }: ImportBatch,
  at: Date,
): Promise<{ counts: Counts; refused: Reject[] }> {
  const inputs = rows.map((row) => row.input);
  const results = rehearsal
    ? await rehearseContacts(tx, orgId, inputs, rehearsal)
    : await upsertContacts(tx, orgId, inputs, at);
  const counts: Counts = { created: 0, updated: 0, unchanged: 0, refused: 0 };
  const refused: Reject[] = [];
  const consents: NewConsent[] = [];
  for (const [n, result] of results.entries()) {
    const row = rows[n];
    if (!row) continue;
    counts[result.outcome] += 1;
    if (result.outcome === 'refused') {
      const reason = result.issues.map((issue) => issue.message).join(' ');
      refused.push({ line: row.line, row: row.row, reason });
    } else consents.push(...row.consents.map((one) => toConsent(result.id, one, at)));
  }
  if (!rehearsal) await appendConsent(tx, orgId, await newWords(tx, orgId, consents));
  return { counts, refused };
}

const toConsent = (
  contactId: ContactId,
  { channel, topic, state, source, evidence, occurred_at }: ImportedRow['consents'][number],
  at: Date,
): NewConsent => ({
  contactId,
  channel,
  topic,
  state,
  source,
  evidence,
  occurredAt: occurred_at ? new Date(occurred_at) : at,
});

/**
 * Leaves out what the ledger says already, and grants of what the contact has withdrawn, be it in part or as a part of
 * more: a file is older than what the person said themselves.
 */
async function newWords(tx: Tx, orgId: OrgId, consents: readonly NewConsent[]): Promise<NewConsent[]> {
  if (consents.length === 0) return [];
  const lines = await readConsentLines(tx, orgId, [...new Set(consents.map((one) => one.contactId))]);
  const ledgers: Map<ContactId, ConsentLine[]> = Map.groupBy(lines, (line) => line.contact_id);
  return consents.filter((one) => {
    const ledger = ledgers.get(one.contactId) ?? [];
    const { channel, topic, state } = one;
    const before = ledger.findLast((line) => line.channel === channel && line.topic === topic);
    if (before?.state === state || (state !== 'withdrawn' && isWithdrawn(ledger, one))) return false;
    const seq = (ledger.at(-1)?.seq ?? 0) + 1;
    ledgers.set(one.contactId, [...ledger, { id: '', channel, topic, state, seq }]);
    return true;
  });
}

async function writeRejects(tx: Tx, orgId: OrgId, id: ImportId, rejects: readonly Reject[]): Promise<void> {
  if (rejects.length === 0) return;
  await sql`
    insert into import_rejects (org_id, import_id, line, reason, row)
    select ${orgId}, ${id}, line, reason, row
    from jsonb_to_recordset(${JSON.stringify(rejects)}::jsonb) as given (line int, reason text, row text)
    on conflict do nothing`.execute(tx);
}
