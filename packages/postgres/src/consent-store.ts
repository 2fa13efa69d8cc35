import type { Consent } from '@halyard/contracts/contacts/consents';
import type { ConsentLine, NewConsent } from '@halyard/core/contacts/consent';
import { isWithdrawn } from '@halyard/core/contacts/consent';
import type { Confirmed, ConsentId, ConsentStore, Proof } from '@halyard/core/contacts/consents';
import type { Change } from '@halyard/core/contacts/contacts';
import type { ContactId, OrgId } from '@halyard/core/ids';
import type { Selectable } from 'kysely';
import type { ConfirmUrl } from './ask-confirmation.js';
import { askConfirmation, askedAddress } from './ask-confirmation.js';
import { appendAudit } from './audit.js';
import { appendConsent } from './consents.js';
import { assertAlive, lockContacts } from './contact-keys.js';
import type { Database, Tx } from './database.js';
import type { Consents } from './schema.gen.js';
import { unsuppress } from './suppressions.js';

export class PgConsentStore implements ConsentStore {
  /** `confirmUrl`: given, a pending line sends the mail of a double opt-in. */
  constructor(
    private readonly database: Database,
    private readonly confirmUrl?: ConfirmUrl,
  ) {}

  history(orgId: OrgId, contactId: ContactId): Promise<Consent[] | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const contact = await tx
        .selectFrom('contacts')
        .select('id')
        .where('org_id', '=', orgId)
        .where('id', '=', contactId)
        .executeTakeFirst();
      return contact ? readLedger(tx, orgId, contactId) : null;
    });
  }

  append(orgId: OrgId, consent: NewConsent, { actor, at }: Change): Promise<Consent> {
    return this.database.forOrg(orgId, async (tx) => {
      await lockContacts(tx, orgId, [consent.contactId]); // an import has looked at the ledger so far
      await assertAlive(tx, orgId, consent.contactId);
      const [id] = await appendConsent(tx, orgId, [consent]);
      const { channel, topic, state, source } = consent;
      if (state === 'pending' && this.confirmUrl)
        await askConfirmation(tx, orgId, { ...consent, id: id as ConsentId, at }, this.confirmUrl);
      await appendAudit(tx, orgId, {
        actor,
        action: `consent.${state}`,
        target: { type: 'contact', id: consent.contactId },
        changes: { channel, topic, source, consent_id: id },
      });
      return readLine(tx, orgId, id as ConsentId);
    });
  }

  confirm(orgId: OrgId, id: ConsentId, proof: Proof, at: Date): Promise<Confirmed | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const asked = await tx
        .selectFrom('consents')
        .selectAll()
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .where('state', '=', 'pending')
        .executeTakeFirst();
      if (!asked) return null;
      const contactId = asked.contact_id as ContactId;
      await lockContacts(tx, orgId, [contactId]); // two clicks on the link wait for one another
      await assertAlive(tx, orgId, contactId);
      const since = await tx
        .selectFrom('consents')
        .selectAll()
        .where('org_id', '=', orgId)
        .where('contact_id', '=', contactId)
        .where('seq', '>', asked.seq)
        .orderBy('seq', 'desc')
        .execute();
      if (isWithdrawn(since.map(toLine), asked)) return { outcome: 'withdrawn' };
      const before = since.find((line) => isConfirmationOf(line, asked));
      if (before) return { outcome: 'already_confirmed', consent: toConsent(before) };
      const [granted] = await appendConsent(tx, orgId, [confirmed(asked, proof, at)]);
      const address = await askedAddress(tx, orgId, id);
      if (address) await unsuppress(tx, orgId, { channel: 'email', address, reason: 'unsubscribed' });
      await appendAudit(tx, orgId, {
        actor: { type: 'contact', id: contactId },
        action: 'consent.confirmed',
        target: { type: 'contact', id: contactId },
        changes: { channel: asked.channel, topic: asked.topic, consent_id: granted },
      });
      return { outcome: 'confirmed', consent: await readLine(tx, orgId, granted as ConsentId) };
    });
  }
}

/** Granted in another way meanwhile, a confirmation is still worth its proof. */
const isConfirmationOf = (line: Selectable<Consents>, asked: Selectable<Consents>): boolean =>
  line.source === doubleOptIn && line.channel === asked.channel && line.topic === asked.topic;

const doubleOptIn = 'double_opt_in';

/** The line that a confirmation adds: the evidence of the question, and that of the answer. */
function confirmed(asked: Selectable<Consents>, proof: Proof, at: Date): NewConsent {
  const evidence = asked.evidence as NewConsent['evidence'];
  return {
    contactId: asked.contact_id as ContactId,
    channel: asked.channel as NewConsent['channel'],
    topic: asked.topic,
    state: 'granted',
    source: doubleOptIn,
    evidence: {
      ...evidence,
      ip: proof.ip ?? evidence?.ip,
      user_agent: proof.userAgent ?? evidence?.user_agent,
      requested_at: asked.occurred_at.toISOString(),
      confirmed_at: at.toISOString(),
      note: evidence?.ip ? `Asked for from ${evidence.ip}.` : evidence?.note,
    },
    occurredAt: at,
  };
}

const toLine = ({ id, channel, topic, state, seq }: Selectable<Consents>): ConsentLine => ({
  id,
  channel,
  topic,
  state: state as ConsentLine['state'],
  seq: Number(seq),
});

const readLedger = async (tx: Tx, orgId: OrgId, contactId: ContactId): Promise<Consent[]> => {
  const rows = await tx
    .selectFrom('consents')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('contact_id', '=', contactId)
    .orderBy('seq', 'desc')
    .execute();
  return rows.map(toConsent);
};

const readLine = async (tx: Tx, orgId: OrgId, id: ConsentId): Promise<Consent> =>
  toConsent(
    await tx
      .selectFrom('consents')
      .selectAll()
      .where('org_id', '=', orgId)
      .where('id', '=', id)
      .executeTakeFirstOrThrow(),
  );

export const toConsent = (row: Selectable<Consents>): Consent => ({
  id: row.id,
  contact_id: row.contact_id,
  channel: row.channel as Consent['channel'],
  topic: row.topic,
  state: row.state as Consent['state'],
  source: row.source,
  evidence: row.evidence as Consent['evidence'],
  occurred_at: row.occurred_at.toISOString(),
});
