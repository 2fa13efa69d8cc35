import type { Contact, ContactInput, ContactPatch } from '@halyard/contracts/contacts/contact';
import type { ContactQuery } from '@halyard/contracts/contacts/routes';
import type { Actor } from '../actor.js';
import type { Wakeups } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import type { Issue } from '../domain-error.js';
import { DomainError, notFound } from '../domain-error.js';
import type { ContactId, OrgId } from '../ids.js';
import type { Page } from '../page.js';
import type { LinkTokens } from '../tracking/link-tokens.js';

export type ContactFilter = Omit<ContactQuery, 'limit' | 'cursor' | 'order'>;

/** Who changes something, and when: for the audit log, events and webhooks. */
export interface Change {
  actor: Actor;
  at: Date;
}

export type WrittenContact =
  | { outcome: 'created' | 'updated' | 'unchanged'; contact: Contact }
  | { outcome: 'refused'; issues: Issue[] };

/** What contacts need of the database. Each call is one tenant transaction with its events, audit and webhooks. */
export interface ContactStore {
  list(orgId: OrgId, query: ContactQuery): Promise<Page<Contact>>;
  find(orgId: OrgId, id: ContactId): Promise<Contact | null>;
  /** Fails with `conflict` when a contact has one of the keys. */
  create(orgId: OrgId, input: ContactInput, change: Change): Promise<WrittenContact>;
  upsert(orgId: OrgId, input: ContactInput, change: Change): Promise<WrittenContact>;
  update(orgId: OrgId, id: ContactId, patch: ContactPatch, change: Change): Promise<WrittenContact | null>;
}

/** People, and the addresses at which they can be reached. */
export class Contacts {
  constructor(
    private readonly store: ContactStore,
    private readonly wakeups: Wakeups,
    private readonly clock: Clock,
    private readonly tokens: LinkTokens,
  ) {}

  list(orgId: OrgId, query: ContactQuery): Promise<Page<Contact>> {
    return this.store.list(orgId, query);
  }

  /** All contacts that the filter finds, page after page, so that any number fits in memory. */
  async *all(orgId: OrgId, filter: ContactFilter): AsyncGenerator<Contact> {
    let cursor: string | undefined;
    do {
      const page = await this.store.list(orgId, { ...filter, limit: 1_000, cursor });
      yield* page.items;
      cursor = page.next_cursor ?? undefined;
    } while (cursor);
  }

  async read(orgId: OrgId, id: ContactId): Promise<Contact> {
    const contact = await this.store.find(orgId, id);
    if (!contact) throw notFound('contact');
    return contact;
  }

  /** What a link to a bot of Telegram ends with, so that the chat that it begins becomes the contact's. */
  async startParameter(orgId: OrgId, id: ContactId): Promise<string> {
    await this.read(orgId, id);
    return this.tokens.sign('start', { contactId: id });
  }

  async create(orgId: OrgId, input: ContactInput, actor: Actor): Promise<Contact> {
    const written = await this.store.create(orgId, input, this.#change(actor));
    return this.#accepted(written).contact;
  }

  async upsert(orgId: OrgId, input: ContactInput, actor: Actor) {
    if (!hasKey(input))
      throw new DomainError(
        'invalid_request',
        'Give an external_id, email, phone or identity that says which contact is meant; POST /contacts creates one without.',
      );
    return this.#accepted(await this.store.upsert(orgId, input, this.#change(actor)));
  }

  async update(orgId: OrgId, id: ContactId, patch: ContactPatch, actor: Actor): Promise<Contact> {
    const written = await this.store.update(orgId, id, patch, this.#change(actor));
    if (!written) throw notFound('contact');
    return this.#accepted(written).contact;
  }

  #change(actor: Actor): Change {
    return { actor, at: this.clock.now() };
  }

  #accepted(written: WrittenContact) {
    if (written.outcome === 'refused') throw refusal(written.issues);
    if (written.outcome !== 'unchanged') {
      this.wakeups.poke('events');
      this.wakeups.poke('outbox');
    }
    return written;
  }
}

/** Whether an input names a contact by anything at all. */
export const hasKey = (input: ContactInput): boolean =>
  Boolean(input.external_id || input.email || input.phone || input.identities?.length);

/** The error of a refused row: addresses that others hold are a conflict, the rest is a wrong request. */
export function refusal(issues: readonly Issue[]): DomainError {
  const [first] = issues;
  const code = issues.some((issue) => issue.path === 'identities') ? 'conflict' : 'invalid_request';
  return new DomainError(
    code,
    first?.message ?? 'This contact cannot be written.',
    issues.map((issue) => ({ ...issue, path: `body.${issue.path}` })),
  );
}
