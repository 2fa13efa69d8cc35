import { bookingRoutes } from '@halyard/contracts/bookings/routes';
import type { InputOf } from '@halyard/contracts/route';
import { Bookings } from '@halyard/core/bookings/bookings';
import type { BookingId } from '@halyard/core/ids';
import { Controller, Inject } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { Handle, Input, Who } from '../http/handle.js';

@Controller()
export class BookingsController {
  constructor(@Inject(Bookings) private readonly bookings: Bookings) {}

  @Handle(bookingRoutes.list)
  list(@Input() { query }: InputOf<typeof bookingRoutes.list>, @Who() caller: Caller) {
    return this.bookings.list(caller.orgId, query);
  }

  @Handle(bookingRoutes.create)
  create(@Input() { body }: InputOf<typeof bookingRoutes.create>, @Who() caller: Caller) {
    return this.bookings.create(caller.orgId, body, caller.actor);
  }

  @Handle(bookingRoutes.read)
  read(@Input() { params }: InputOf<typeof bookingRoutes.read>, @Who() caller: Caller) {
    return this.bookings.read(caller.orgId, params.id as BookingId);
  }

  @Handle(bookingRoutes.change)
  change(@Input() { params, body }: InputOf<typeof bookingRoutes.change>, @Who() caller: Caller) {
    return this.bookings.update(caller.orgId, params.id as BookingId, body, caller.actor);
  }

  @Handle(bookingRoutes.reschedule)
  reschedule(@Input() { params, body }: InputOf<typeof bookingRoutes.reschedule>, @Who() caller: Caller) {
    return this.bookings.reschedule(caller.orgId, params.id as BookingId, body, caller.actor);
  }

  @Handle(bookingRoutes.cancel)
  cancel(@Input() { params, body }: InputOf<typeof bookingRoutes.cancel>, @Who() caller: Caller) {
    return this.bookings.cancel(caller.orgId, params.id as BookingId, body.reason, caller.actor);
  }

  @Handle(bookingRoutes.checkIn)
  checkIn(@Input() { params }: InputOf<typeof bookingRoutes.checkIn>, @Who() caller: Caller) {
    return this.bookings.checkIn(caller.orgId, params.id as BookingId, caller.actor);
  }

  @Handle(bookingRoutes.complete)
  complete(@Input() { params }: InputOf<typeof bookingRoutes.complete>, @Who() caller: Caller) {
    return this.bookings.complete(caller.orgId, params.id as BookingId, caller.actor);
  }
}
