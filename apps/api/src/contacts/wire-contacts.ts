import { Consents } from '@halyard/core/contacts/consents';
import { Contacts } from '@halyard/core/contacts/contacts';
import { Erasure } from '@halyard/core/contacts/erasure';
import { Merges } from '@halyard/core/contacts/merges';
import { Suppressions } from '@halyard/core/contacts/suppressions';
import { Topics } from '@halyard/core/contacts/topics';
import type { LinkTokens } from '@halyard/core/tracking/link-tokens';
import { PgConsentStore } from '@halyard/postgres/consent-store';
import { PgContactStore } from '@halyard/postgres/contacts';
import { PgErasureStore } from '@halyard/postgres/erasure';
import { PgMergeStore } from '@halyard/postgres/merges';
import { PgSuppressionStore } from '@halyard/postgres/suppression-store';
import { PgTopicStore } from '@halyard/postgres/topics';
import { bind } from '../bind.js';
import type { Platform } from '../platform.js';
import { ConsentsController } from './consents.controller.js';
import { ContactsController } from './contacts.controller.js';
import { MergesController } from './merges.controller.js';

/** Contacts, what they allow, and their rights. */
export function wireContacts({ app, wakeups, clock }: Platform, links: LinkTokens) {
  const store = new PgConsentStore(app, (orgId, consentId) => links.url('confirm', { orgId, consentId }));
  const consents = new Consents(store, wakeups, clock);
  const contacts = new Contacts(new PgContactStore(app), wakeups, clock, links);
  return {
    contacts,
    controllers: [ConsentsController, ContactsController, MergesController],
    providers: [
      bind(contacts),
      bind(consents),
      bind(new Merges(new PgMergeStore(app), wakeups, clock)),
      bind(new Erasure(new PgErasureStore(app), wakeups, clock)),
      bind(new Topics(new PgTopicStore(app))),
      bind(new Suppressions(new PgSuppressionStore(app))),
    ],
    consents,
  };
}
