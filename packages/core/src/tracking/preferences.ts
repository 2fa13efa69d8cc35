import type { OrganizationPolicy } from '@halyard/contracts/organizations/policy';
import type { Channel } from '@halyard/contracts/primitives';
import type { Wakeups } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import type { ConsentEvidence, ConsentLine, NewConsent } from '../contacts/consent.js';
import { consentFor } from '../contacts/consent.js';
import type { Proof } from '../contacts/consents.js';
import { consentByDefault } from '../delivery/checks/channel-checks.js';
import type { ContactId, MessageId, OrgId } from '../ids.js';
import type { Sender } from '../organizations/sender.js';
import type { LinkTokens, TokenSubjects } from './link-tokens.js';

type Token = TokenSubjects['unsubscribe'];

/** What the unsubscribe page rests on, as it is now. A contact that was merged is the one it was merged into. */
export interface PreferenceFacts {
  organization: Sender;
  contact: { id: ContactId; locale: string | null; erased: boolean } | null;
  /** The message of the link; null when it is gone. */
  message: { id: MessageId; channel: Channel; topic: string; address: string | null } | null;
  topics: { key: string; name: Record<string, string> }[];
  consents: ConsentLine[];
  /** Of the organization: which channels need a granted consent. */
  consentRules: OrganizationPolicy['consent'];
}

/** What a person decided on the page, or their mail program for them. */
export interface PreferenceChange {
  messageId: MessageId | null;
  channel: Channel;
  consents: NewConsent[];
  /** Of somebody who is no contact: the address alone. */
  suppress: string | null;
  /** message.unsubscribed is recorded when this was a way out. */
  unsubscribed: boolean;
  contactId: ContactId | null;
  at: Date;
}

export interface PreferenceStore {
  facts(orgId: OrgId, token: Token): Promise<PreferenceFacts | null>;
  /** Ledger, suppression, events, webhooks and audit in one transaction. */
  apply(orgId: OrgId, change: PreferenceChange): Promise<void>;
}

/** What the page shows: each topic with whether they get it now. */
export interface PreferencePage {
  organization: Sender;
  locale: string | null;
  channel: Channel;
  topics: { key: string; name: Record<string, string>; subscribed: boolean }[];
}

export type Choice = { kind: 'one_click' } | { kind: 'all' } | { kind: 'topics'; keep: string[] };

/** Ways out of marketing: one click from a mail program (RFC 8058), and a page with a choice of topics. */
export class Preferences {
  constructor(
    private readonly tokens: LinkTokens,
    private readonly store: PreferenceStore,
    private readonly wakeups: Wakeups,
    private readonly clock: Clock,
  ) {}

  /** Only looks; null when the token is not one of ours. */
  async page(token: string): Promise<PreferencePage | null> {
    const facts = await this.#facts(token);
    return facts && pageOf(facts);
  }

  /** Writes the choice down and shows what holds now. Repeating it changes nothing more. */
  async choose(token: string, choice: Choice, proof: Proof): Promise<PreferencePage | null> {
    const subject = this.tokens.read('unsubscribe', token);
    const facts = await this.#facts(token);
    if (!subject || !facts) return null;
    const change = changeOf(facts, choice, proof, this.clock.now());
    if (!change) return pageOf(facts);
    await this.store.apply(subject.orgId, change);
    this.wakeups.poke('events');
    this.wakeups.poke('outbox');
    return this.page(token);
  }

  /** Null also when nobody is left to unsubscribe: the page must not say that it was done. */
  async #facts(token: string): Promise<PreferenceFacts | null> {
    const subject = this.tokens.read('unsubscribe', token);
    const facts = subject && (await this.store.facts(subject.orgId, subject));
    return facts?.contact || facts?.message ? facts : null;
  }
}

const channelOf = ({ message }: PreferenceFacts): Channel => message?.channel ?? 'email';

const gets = (facts: PreferenceFacts, topic: string): boolean => {
  const channel = channelOf(facts);
  const { state } = consentFor(facts.consents, channel, topic);
  const rule = facts.consentRules[channel] ?? consentByDefault(channel);
  return state === 'granted' || (state === 'none' && rule === 'opt_out');
};

const pageOf = (facts: PreferenceFacts): PreferencePage => ({
  organization: facts.organization,
  locale: facts.contact?.locale ?? null,
  channel: channelOf(facts),
  topics: facts.contact
    ? facts.topics.map((topic) => ({ ...topic, subscribed: gets(facts, topic.key) }))
    : [],
});

/** The lines that a choice adds to the ledger; null when it changes nothing. */
export function changeOf(
  facts: PreferenceFacts,
  choice: Choice,
  proof: Proof,
  at: Date,
): PreferenceChange | null {
  const { contact, message } = facts;
  const channel = channelOf(facts);
  const change = { messageId: message?.id ?? null, channel, contactId: contact?.id ?? null, at };
  if (!contact)
    return message?.address
      ? { ...change, consents: [], suppress: message.address, unsubscribed: true }
      : null;
  if (contact.erased) return null;
  const line = (topic: string, state: 'granted' | 'withdrawn'): NewConsent => ({
    contactId: contact.id,
    channel,
    topic,
    state,
    source: choice.kind === 'one_click' ? 'one_click' : 'preference_page',
    evidence: evidenceOf(proof, message?.id),
    occurredAt: at,
  });
  const consents = chosen(facts, choice).map(({ topic, state }) => line(topic, state));
  if (consents.length === 0) return null;
  const unsubscribed = consents.some((one) => one.state === 'withdrawn');
  return { ...change, consents, suppress: null, unsubscribed };
}

function chosen(facts: PreferenceFacts, choice: Choice): { topic: string; state: 'granted' | 'withdrawn' }[] {
  switch (choice.kind) {
    case 'one_click': {
      const topic = facts.message?.topic ?? '*';
      return isOut(facts, topic) ? [] : [{ topic, state: 'withdrawn' }];
    }
    case 'all':
      return isOut(facts, '*') && facts.topics.every(({ key }) => !gets(facts, key))
        ? []
        : [{ topic: '*', state: 'withdrawn' }];
    case 'topics':
      return facts.topics
        .filter(({ key }) => gets(facts, key) !== choice.keep.includes(key))
        .map(({ key }) => ({ topic: key, state: choice.keep.includes(key) ? 'granted' : 'withdrawn' }));
  }
}

const isOut = (facts: PreferenceFacts, topic: string): boolean =>
  consentFor(facts.consents, channelOf(facts), topic).state === 'withdrawn';

const evidenceOf = ({ ip, userAgent }: Proof, messageId?: MessageId): ConsentEvidence => ({
  ...(ip ? { ip } : {}),
  ...(userAgent ? { user_agent: userAgent.slice(0, 500) } : {}),
  ...(messageId ? { message_id: messageId } : {}),
});
