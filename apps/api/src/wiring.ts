import { Bookings } from '@halyard/core/bookings/bookings';
import type { ClaimLoop } from '@halyard/core/claim-loop';
import { Events } from '@halyard/core/events/events';
import { Idempotency } from '@halyard/core/idempotency/idempotency';
import { randomIds } from '@halyard/core/ids';
import { Products } from '@halyard/core/products/products';
import { PgApiKeyStore } from '@halyard/postgres/api-keys';
import { PgBookingStore } from '@halyard/postgres/bookings';
import { PgEventStore } from '@halyard/postgres/events';
import { PgIdempotencyStore } from '@halyard/postgres/idempotency';
import { PgProductStore } from '@halyard/postgres/products';
import { PgSessions } from '@halyard/postgres/sessions';
import type { Provider, Type } from '@nestjs/common';
import { createAuth } from './access/auth.js';
import { SessionAuthenticator } from './access/authenticator.js';
import { KeyCheck } from './access/key-check.js';
import { publicUrlOf } from './access/public-url.js';
import { LoggedAccountMail, SmtpAccountMail } from './access/smtp-account-mail.js';
import { TokenCheck } from './access/token-check.js';
import { BookingsController } from './bookings/bookings.controller.js';
import { EventsController } from './events/events.controller.js';
import { AUTHENTICATOR } from './http/caller.js';
import type { Platform } from './platform.js';
import { ProductsController } from './products/products.controller.js';

/** Everything that is bound together in this process: the one place where use cases meet their adapters. */
export interface Wiring {
  controllers: Type[];
  providers: Provider[];
  loops: ClaimLoop[];
}

const bind = <T extends object>(instance: T): Provider => ({
  provide: instance.constructor as Type<T>,
  useValue: instance,
});

export function wire(platform: Platform): Wiring {
  const { settings, app, log } = platform;
  const publicUrl = publicUrlOf(settings);
  const accountMail = settings.HALYARD_SMTP_URL
    ? new SmtpAccountMail(settings.HALYARD_SMTP_URL, settings.HALYARD_MAIL_FROM, log)
    : new LoggedAccountMail(log);
  const auth = createAuth({
    pool: app.pool,
    publicUrl,
    secret: settings.HALYARD_SECRET,
    mail: accountMail,
    log,
  });
  const sessions = new PgSessions(app);
  const tokens = new TokenCheck(auth, sessions);
  const authenticator = new SessionAuthenticator(
    auth,
    sessions,
    tokens,
    new KeyCheck(new PgApiKeyStore(app)),
  );
  const bookings = new Bookings(new PgBookingStore(app, randomIds), platform.clock, platform.wakeups);
  const events = new Events(new PgEventStore(app, randomIds), platform.clock, platform.wakeups);
  const products = new Products(new PgProductStore(platform.app), randomIds);

  return {
    controllers: [BookingsController, EventsController, ProductsController],
    providers: [
      { provide: AUTHENTICATOR, useValue: authenticator },
      bind(products),
      bind(new Idempotency(new PgIdempotencyStore(app))),
      bind(bookings),
      bind(events),
    ],
    loops: [],
  };
}
