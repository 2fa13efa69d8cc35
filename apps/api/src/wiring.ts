import { mjmlCompiler } from '@halyard/channels/email/mjml';
import { Bookings } from '@halyard/core/bookings/bookings';
import type { ClaimLoop } from '@halyard/core/claim-loop';
import { Consents } from '@halyard/core/contacts/consents';
import { Contacts } from '@halyard/core/contacts/contacts';
import { Erasure } from '@halyard/core/contacts/erasure';
import { Merges } from '@halyard/core/contacts/merges';
import { Suppressions } from '@halyard/core/contacts/suppressions';
import { Topics } from '@halyard/core/contacts/topics';
import { Events } from '@halyard/core/events/events';
import { Idempotency } from '@halyard/core/idempotency/idempotency';
import { randomIds } from '@halyard/core/ids';
import { Products } from '@halyard/core/products/products';
import { TemplateCompiler } from '@halyard/core/templates/compile';
import { TemplatePreviews } from '@halyard/core/templates/previews';
import { TemplateRenderer } from '@halyard/core/templates/render';
import { Templates } from '@halyard/core/templates/templates';
import { LinkTokens } from '@halyard/core/tracking/link-tokens';
import { PgBookingStore } from '@halyard/postgres/bookings';
import { PgConsentStore } from '@halyard/postgres/consent-store';
import { PgContactStore } from '@halyard/postgres/contacts';
import { PgErasureStore } from '@halyard/postgres/erasure';
import { PgEventStore } from '@halyard/postgres/events';
import { PgIdempotencyStore } from '@halyard/postgres/idempotency';
import { PgMergeStore } from '@halyard/postgres/merges';
import { PgProductStore } from '@halyard/postgres/products';
import { PgSuppressionStore } from '@halyard/postgres/suppression-store';
import { PgPreviewStore } from '@halyard/postgres/template-previews';
import { PgTemplateStore } from '@halyard/postgres/templates';
import { PgTopicStore } from '@halyard/postgres/topics';
import type { Provider, Type } from '@nestjs/common';
import { publicUrlOf } from './access/public-url.js';
import { wireAccess } from './access/wire-access.js';
import { bind } from './bind.js';
import { BookingsController } from './bookings/bookings.controller.js';
import { ConsentsController } from './contacts/consents.controller.js';
import { ContactsController } from './contacts/contacts.controller.js';
import { MergesController } from './contacts/merges.controller.js';
import { EventsController } from './events/events.controller.js';
import type { Platform } from './platform.js';
import { ProductsController } from './products/products.controller.js';
import { PreviewsController } from './templates/previews.controller.js';
import { TemplatesController } from './templates/templates.controller.js';

/** Everything that is bound together in this process: the one place where use cases meet their adapters. */
export interface Wiring {
  controllers: Type[];
  providers: Provider[];
  loops: ClaimLoop[];
}

export function wire(platform: Platform): Wiring {
  const { settings, app } = platform;
  const publicUrl = publicUrlOf(settings);
  const access = wireAccess(platform);
  const bookings = new Bookings(new PgBookingStore(app, randomIds), platform.clock, platform.wakeups);
  const events = new Events(new PgEventStore(app, randomIds), platform.clock, platform.wakeups);
  const { clock, wakeups } = platform;
  const contacts = new Contacts(new PgContactStore(app), wakeups, clock);
  const consents = new Consents(new PgConsentStore(app), wakeups, clock);
  const merges = new Merges(new PgMergeStore(app), wakeups, clock);
  const erasure = new Erasure(new PgErasureStore(app), wakeups, clock);
  const topics = new Topics(new PgTopicStore(app));
  const suppressions = new Suppressions(new PgSuppressionStore(app));
  const products = new Products(new PgProductStore(platform.app), randomIds);

  const linkTokens = new LinkTokens(settings.HALYARD_SECRET, publicUrl);
  const renderer = new TemplateRenderer(linkTokens);
  const compiler = new TemplateCompiler(mjmlCompiler);
  const templates = new Templates(new PgTemplateStore(app), compiler, randomIds);
  const previews = new TemplatePreviews(
    new PgPreviewStore(app),
    compiler,
    renderer,
    platform.clock,
    platform.wakeups,
  );

  return {
    controllers: [
      ...access.controllers,
      BookingsController,
      ConsentsController,
      ContactsController,
      MergesController,
      EventsController,
      ProductsController,
      PreviewsController,
      TemplatesController,
    ],
    providers: [
      ...access.providers,
      bind(contacts),
      bind(consents),
      bind(merges),
      bind(erasure),
      bind(topics),
      bind(suppressions),
      bind(products),
      bind(templates),
      bind(previews),
      bind(new Idempotency(new PgIdempotencyStore(app))),
      bind(bookings),
      bind(events),
    ],
    loops: [],
  };
}
