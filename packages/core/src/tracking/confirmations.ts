import type { Confirmed, ConsentId, Proof } from '../contacts/consents.js';
import type { OrgId } from '../ids.js';
import type { Sender } from '../organizations/sender.js';
import type { LinkTokens } from './link-tokens.js';

/** What the confirmation page of a double opt-in shows. */
export interface ConfirmationPage {
  organization: Sender;
  locale: string | null;
  channel: string;
  /** The topic's name per language; null for all topics. */
  topic: Record<string, string> | null;
}

export interface ConfirmationStore {
  asked(orgId: OrgId, id: ConsentId): Promise<ConfirmationPage | null>;
}

/** Records the confirmation; Consents does. */
export interface Confirming {
  confirm(orgId: OrgId, id: ConsentId, proof: Proof): Promise<Confirmed>;
}

/** Double opt-in: the page behind the link in the mail. Looking at it confirms nothing, as scanners look at everything. */
export class Confirmations {
  constructor(
    private readonly tokens: LinkTokens,
    private readonly store: ConfirmationStore,
    private readonly consents: Confirming,
  ) {}

  async page(token: string): Promise<ConfirmationPage | null> {
    const subject = this.tokens.read('confirm', token);
    return subject && this.store.asked(subject.orgId, subject.consentId);
  }

  /** Null when the token is not one of ours, or what it asked for is gone. */
  async confirm(token: string, proof: Proof): Promise<Confirmed['outcome'] | null> {
    const subject = this.tokens.read('confirm', token);
    if (!subject || !(await this.store.asked(subject.orgId, subject.consentId))) return null;
    return (await this.consents.confirm(subject.orgId, subject.consentId, proof)).outcome;
  }
}
