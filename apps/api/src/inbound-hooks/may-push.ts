import { enrollmentRoutes } from '@halyard/contracts/academy/routes';
import { alertRoutes } from '@halyard/contracts/alerts/routes';
import { bookingRoutes } from '@halyard/contracts/bookings/routes';
import { contactRoutes } from '@halyard/contracts/contacts/routes';
import { eventRoutes } from '@halyard/contracts/events/routes';
import type { InboundHookKind } from '@halyard/contracts/inbound-hooks/hook';
import { outreachRoutes } from '@halyard/contracts/outreach/routes';
import type { Route } from '@halyard/contracts/route';
import { DomainError } from '@halyard/core/domain-error';
import type { Caller } from '../http/caller.js';
import { mayCall } from '../http/caller.js';

/** The route of the API by which the same is pushed without a hook. */
const ownRoute: Record<InboundHookKind, Pick<Route, 'access'>> = {
  events: eventRoutes.record,
  outreach: outreachRoutes.push,
  bookings: bookingRoutes.create,
  contacts: contactRoutes.upsert,
  errors: alertRoutes.report,
  academy: enrollmentRoutes.tell,
};

/** A hook lets whoever holds its secret do what its kind takes: nobody makes themselves one for more than they may do. */
export function assertMayPush(caller: Caller, kind: InboundHookKind): void {
  const { access } = ownRoute[kind];
  if (mayCall(caller, access)) return;
  const needed = typeof access === 'string' ? access : access.scope;
  throw new DomainError(
    'forbidden',
    `A hook of kind ${kind} needs an API key with the scope ${needed}, too.`,
  );
}
