import type { OrgId } from '../ids.js';
import type { Sealed, SecretBox } from './secret-box.js';
import { aadOf, SecretBoxError } from './secret-box.js';

/** One sealed secret and the row that it is bound to. */
export interface SealedRow extends Sealed {
  orgId: OrgId;
  id: string;
}

/** A table with sealed secrets, over all organizations. */
export interface SealedSecrets {
  /** For the report: connections, endpoints. */
  readonly name: string;
  /** Rows that another key than `keyId` wraps, in the order of (orgId, id), after `after`. */
  notSealedBy(keyId: string, after: SealedRow | null, limit: number): Promise<SealedRow[]>;
  /** Puts `next` in the place of `row`; false when the row was changed in between. */
  replace(row: SealedRow, next: Sealed): Promise<boolean>;
}

export interface Rotation {
  name: string;
  resealed: number;
  /** Changed while we looked: whoever changed them used the newest key. */
  changedMeanwhile: number;
  /** Could not be opened: their key is missing or they are damaged. Old keys must not be removed before this is empty. */
  failed: { orgId: OrgId; id: string; reason: string }[];
}

/**
 * Seals every secret that an older key wraps with the newest key, while everything runs: both keys open until this is
 * done, then the old one can leave HALYARD_ENCRYPTION_KEYS. Safe to repeat and to interrupt.
 */
export async function rotateSecrets(
  box: SecretBox,
  tables: readonly SealedSecrets[],
  batch = 200,
): Promise<Rotation[]> {
  const rotations: Rotation[] = [];
  for (const table of tables) rotations.push(await rotateTable(box, table, batch));
  return rotations;
}

async function rotateTable(box: SecretBox, table: SealedSecrets, batch: number): Promise<Rotation> {
  const rotation: Rotation = { name: table.name, resealed: 0, changedMeanwhile: 0, failed: [] };
  let last: SealedRow | null = null;
  for (;;) {
    const rows: SealedRow[] = await table.notSealedBy(box.newestKeyId, last, batch);
    for (const row of rows) await rotateRow(box, table, row, rotation);
    last = rows.at(-1) ?? null;
    if (rows.length < batch) return rotation;
  }
}

async function rotateRow(
  box: SecretBox,
  table: SealedSecrets,
  row: SealedRow,
  rotation: Rotation,
): Promise<void> {
  const aad = aadOf(row.orgId, row.id);
  try {
    const next = box.seal(box.open(row.box, row.keyId, aad), aad);
    if (await table.replace(row, next)) rotation.resealed++;
    else rotation.changedMeanwhile++;
  } catch (error) {
    if (!(error instanceof SecretBoxError)) throw error;
    rotation.failed.push({ orgId: row.orgId, id: row.id, reason: error.message });
  }
}
