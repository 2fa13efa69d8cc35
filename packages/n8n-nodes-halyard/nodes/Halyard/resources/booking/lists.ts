import { choice, date, filters, text } from '../../fields/collections';
import { idOf, optional, product } from '../../fields/locators';
import type { Operation } from '../../operation';

export const lists: Operation[] = [
  {
    value: 'get',
    name: 'Get',
    action: 'Get a booking',
    description: 'Get a booking with who booked and what',
    method: 'GET',
    path: '/bookings/:bookingId',
    properties: [idOf('Booking ID', 'bookingId')],
  },
  {
    value: 'getAll',
    name: 'Get Many',
    action: 'Get many bookings',
    description: 'List bookings, newest first or by their start',
    method: 'GET',
    path: '/bookings',
    properties: [
      filters([
        text('Contact ID', 'contactId'),
        text('External ID', 'externalId'),
        choice('Order', 'order', ['newest', 'start'], 'newest'),
        optional(product),
        date('Starts Before', 'startsBefore'),
        date('Starts From', 'startsFrom'),
        choice('Status', 'status', ['confirmed', 'checked_in', 'completed', 'cancelled'], 'confirmed'),
      ]),
    ],
    paged: true,
  },
];
