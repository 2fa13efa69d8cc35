import type { Consent, ConsentInput, CurrentConsent } from '@halyard/contracts/contacts/consents';
import type { Channel } from '@halyard/contracts/primitives';
import type { Actor } from '../actor.js';
import type { Wakeups } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import { DomainError, notFound } from '../domain-error.js';
import type { ContactId, Id, OrgId } from '../ids.js';
import type { ConsentEvidence, NewConsent } from './consent.js';
import type { Change } from './contacts.js';

export type ConsentId = Id<'consent'>;

/** Where a person clicked: part of the proof. */
export interface Proof {
  ip?: string;
  userAgent?: string;
}

export type Confirmed =
  | { outcome: 'confirmed' | 'already_confirmed'; consent: Consent }
  /** The person withdrew after they had asked: an old link must not undo that. */
  | { outcome: 'withdrawn' };

/** What consents need of the database. Each call is one tenant transaction with its events, audit and webhooks. */
export interface ConsentStore {
  /** The whole ledger of a contact, newest first; null when there is no such contact. */
  history(orgId: OrgId, contactId: ContactId): Promise<Consent[] | null>;
  append(orgId: OrgId, consent: NewConsent, change: Change): Promise<Consent>;
  confirm(orgId: OrgId, id: ConsentId, proof: Proof, at: Date): Promise<Confirmed | null>;
}

/** What contacts allow, as an append-only ledger with its evidence. */
export class Consents {
  constructor(
    private readonly store: ConsentStore,
    private readonly wakeups: Wakeups,
    private readonly clock: Clock,
  ) {}

  async read(orgId: OrgId, contactId: ContactId) {
    const history = await this.store.history(orgId, contactId);
    if (!history) throw notFound('contact');
    return { current: currentOf(history), history };
  }

  async record(orgId: OrgId, contactId: ContactId, input: ConsentInput, actor: Actor): Promise<Consent> {
    const now = this.clock.now();
    const occurredAt = input.occurred_at ? new Date(input.occurred_at) : now;
    if (occurredAt.getTime() > now.getTime() + 60_000)
      throw new DomainError('invalid_request', 'A consent cannot be given in the future.', [
        { path: 'body.occurred_at', message: 'lies in the future' },
      ]);
    const { channel, topic, state, source, evidence } = input;
    const consent = { contactId, channel, topic, state, source, evidence, occurredAt };
    return this.#told(await this.store.append(orgId, consent, { actor, at: now }));
  }

  /** Double opt-in: the person followed the link in the mail that a pending line had them sent. Repeating it is harmless. */
  async confirm(orgId: OrgId, id: ConsentId, proof: Proof): Promise<Confirmed> {
    const confirmed = await this.store.confirm(orgId, id, proof, this.clock.now());
    if (!confirmed) throw notFound('consent');
    if (confirmed.outcome === 'confirmed') this.#told(confirmed.consent);
    return confirmed;
  }

  /** The person said no themselves: an unsubscribe link, a preference page. */
  async withdraw(
    orgId: OrgId,
    contactId: ContactId,
    what: { channel: Channel | '*'; topic: string },
    source: string,
    evidence: ConsentEvidence,
  ): Promise<Consent> {
    const at = this.clock.now();
    const consent = { contactId, ...what, state: 'withdrawn' as const, source, evidence, occurredAt: at };
    return this.#told(
      await this.store.append(orgId, consent, { actor: { type: 'contact', id: contactId }, at }),
    );
  }

  #told(consent: Consent): Consent {
    this.wakeups.poke('events');
    this.wakeups.poke('outbox');
    if (consent.state === 'pending') this.wakeups.poke('messages'); // the mail that asks for the confirmation
    return consent;
  }
}

/** The newest line per channel and topic; `history` comes newest first. */
function currentOf(history: readonly Consent[]): CurrentConsent[] {
  const newest = new Map<string, CurrentConsent>();
  for (const { id, channel, topic, state, source, occurred_at } of history) {
    const key = `${channel}/${topic}`;
    if (!newest.has(key)) newest.set(key, { channel, topic, state, source, occurred_at, consent_id: id });
  }
  return [...newest.values()];
}
