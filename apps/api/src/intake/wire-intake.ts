import { Bookings } from '@halyard/core/bookings/bookings';
import { ClaimLoop } from '@halyard/core/claim-loop';
import { DecideLoop } from '@halyard/core/decide/decide-loop';
import { WakeLoop } from '@halyard/core/decide/wake-loop';
import { Events } from '@halyard/core/events/events';
import { randomIds } from '@halyard/core/ids';
import { Plans } from '@halyard/core/plans/plans';
import { PgBookingStore } from '@halyard/postgres/bookings';
import { PgDecideStore } from '@halyard/postgres/decide/decide-store';
import { PgEventStore } from '@halyard/postgres/events';
import { PgPlanStore } from '@halyard/postgres/plans';
import { bind } from '../bind.js';
import { BookingsController } from '../bookings/bookings.controller.js';
import { EventsController } from '../events/events.controller.js';
import { PlansController } from '../plans/plans.controller.js';
import type { Platform } from '../platform.js';

/** What comes in, and the loops that decide what follows from it. */
export function wireIntake({ app, worker, wakeups, clock, report }: Platform) {
  return {
    controllers: [BookingsController, EventsController, PlansController],
    providers: [
      bind(new Bookings(new PgBookingStore(app, randomIds), clock, wakeups)),
      bind(new Events(new PgEventStore(app, randomIds), clock, wakeups)),
      bind(new Plans(new PgPlanStore(app))),
    ],
    loops: worker ? decideLoops(new PgDecideStore(worker), { wakeups, clock, report }) : [],
  };
}

function decideLoops(
  store: PgDecideStore,
  { wakeups, clock, report }: Pick<Platform, 'wakeups' | 'clock' | 'report'>,
): ClaimLoop[] {
  const decide = new DecideLoop(store, clock, randomIds, wakeups);
  const wake = new WakeLoop(store, clock, randomIds, wakeups);
  const shared = { wakeups, clock, report };
  return [
    new ClaimLoop({ name: 'decide', kind: 'events', work: (limit) => decide.round(limit), ...shared }),
    new ClaimLoop({ name: 'wake', kind: 'runs', work: (limit) => wake.round(limit), ...shared }),
  ];
}
