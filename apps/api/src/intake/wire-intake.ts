import { Bookings } from '@halyard/core/bookings/bookings';
import { ClaimLoop } from '@halyard/core/claim-loop';
import { DecideLoop } from '@halyard/core/decide/decide-loop';
import { WakeLoop } from '@halyard/core/decide/wake-loop';
import { EventBatches } from '@halyard/core/events/event-batches';
import { Events } from '@halyard/core/events/events';
import { randomIds } from '@halyard/core/ids';
import { Outreach } from '@halyard/core/outreach/outreach';
import { ReleaseSteps } from '@halyard/core/outreach/release-steps';
import { OutreachTenants } from '@halyard/core/outreach/tenants';
import { Plans } from '@halyard/core/plans/plans';
import { PgBookingStore } from '@halyard/postgres/bookings';
import type { Database } from '@halyard/postgres/database';
import { PgDecideStore } from '@halyard/postgres/decide/decide-store';
import { PgEventStore } from '@halyard/postgres/events';
import { PgOutreachStore } from '@halyard/postgres/outreach';
import { PgStepStore } from '@halyard/postgres/outreach-steps';
import { PgTenantStore } from '@halyard/postgres/outreach-tenants';
import { PgPlanStore } from '@halyard/postgres/plans';
import { PgQuarantine } from '@halyard/postgres/review/quarantine';
import { bind } from '../bind.js';
import { BookingsController } from '../bookings/bookings.controller.js';
import { EventsController } from '../events/events.controller.js';
import { OutreachController } from '../outreach/outreach.controller.js';
import { PlansController } from '../plans/plans.controller.js';
import type { Platform } from '../platform.js';

/** What comes in, and the loops that decide what follows from it. */
export function wireIntake(platform: Platform) {
  const { app, worker, wakeups, clock } = platform;
  const quarantine = new PgQuarantine(app);
  const outreach = new Outreach(new PgOutreachStore(app, randomIds), clock, wakeups, quarantine);
  const events = new Events(new PgEventStore(app, randomIds), clock, wakeups);
  const batches = new EventBatches(events, quarantine);
  const bookings = new Bookings(new PgBookingStore(app, randomIds), clock, wakeups);
  return {
    events,
    bookings,
    outreach,
    batches,
    controllers: [BookingsController, EventsController, OutreachController, PlansController],
    providers: [
      bind(bookings),
      bind(events),
      bind(batches),
      bind(outreach),
      bind(new OutreachTenants(new PgTenantStore(app))),
      bind(new Plans(new PgPlanStore(app))),
    ],
    loops: worker ? loopsOf(worker, platform) : [],
  };
}

function loopsOf(worker: Database, platform: Platform): ClaimLoop[] {
  const { clock, wakeups, report } = platform;
  const shared = { clock, wakeups, report };
  const store = new PgDecideStore(worker);
  const decide = new DecideLoop(store, clock, randomIds, wakeups, platform);
  const wake = new WakeLoop(store, clock, randomIds, wakeups, platform);
  const steps = new ReleaseSteps(new PgStepStore(worker), clock, randomIds, wakeups);
  return [
    new ClaimLoop({ name: 'decide', kind: 'events', work: (limit) => decide.round(limit), ...shared }),
    new ClaimLoop({ name: 'wake', kind: 'runs', work: (limit) => wake.round(limit), ...shared }),
    new ClaimLoop({ name: 'outreach', kind: 'runs', work: (limit) => steps.round(limit), ...shared }),
  ];
}
