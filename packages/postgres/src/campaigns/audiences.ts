import type { AudienceSize } from '@halyard/contracts/campaigns/campaign';
import type { Condition } from '@halyard/contracts/conditions';
import { consentsIn, isMeant } from '@halyard/core/campaigns/audience';
import type { Facts } from '@halyard/core/flows/run';
import type { ContactId, OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import { readConsentLines } from '../consents.js';
import type { Tx } from '../database.js';
import { loadFacts } from '../facts.js';

/** The contacts of one part of an audience, in the order of their ids. */
export interface AudiencePart {
  meant: { id: ContactId; facts: Facts }[];
  /** The last one that was looked at; null when there was none. */
  lastId: ContactId | null;
  looked: number;
}

/** Looks at the next contacts after an id, those made before a moment, and finds whom the audience means. */
export async function readAudience(
  tx: Tx,
  orgId: OrgId,
  audience: Condition,
  { after, limit, now, madeBefore }: { after: string | null; limit: number; now: Date; madeBefore: Date },
): Promise<AudiencePart> {
  const { rows } = await sql<{ id: ContactId }>`
    select id from contacts
    where org_id = ${orgId} and (${after}::uuid is null or id > ${after}) and created_at <= ${madeBefore}
      and merged_into is null and erased_at is null
    order by id limit ${limit}`.execute(tx);
  const ids = rows.map((row) => row.id);
  const asked = consentsIn(audience);
  const lines = asked.length ? await readConsentLines(tx, orgId, ids) : [];
  const ledgers = Map.groupBy(lines, (line) => line.contact_id);
  const facts = await loadFacts(
    tx,
    ids.map((contactId) => ({ orgId, contactId, subject: null, event: null, runId: null })),
  );
  const meant = ids.flatMap((id, n) => {
    const known = facts[n] ?? {};
    return isMeant(audience, asked, known, ledgers.get(id) ?? [], now) ? [{ id, facts: known }] : [];
  });
  return { meant, lastId: ids.at(-1) ?? null, looked: ids.length };
}

const sampleSize = 10;
const part = 2_000;
/** More than this is not looked at while somebody waits. */
const withinMs = 2_000;

/** Counts whom an audience means, as far as that can be done while somebody waits. */
export async function sizeAudience(
  tx: Tx,
  orgId: OrgId,
  audience: Condition,
  now: Date,
): Promise<AudienceSize> {
  const size: AudienceSize = { count: 0, looked_at: 0, complete: false, sample: [] };
  const began = performance.now();
  let after: string | null = null;
  do {
    const found = await readAudience(tx, orgId, audience, { after, limit: part, now, madeBefore: now });
    size.count += found.meant.length;
    size.looked_at += found.looked;
    size.complete = found.looked < part;
    for (const one of found.meant.slice(0, sampleSize - size.sample.length)) size.sample.push(toMember(one));
    after = found.lastId;
  } while (!size.complete && performance.now() - began < withinMs);
  return size;
}

function toMember({ id, facts }: AudiencePart['meant'][number]): AudienceSize['sample'][number] {
  const contact = facts.contact as Record<'first_name' | 'last_name' | 'email', string | null | undefined>;
  const { first_name = null, last_name = null, email = null } = contact;
  return { contact_id: id, first_name, last_name, email };
}
