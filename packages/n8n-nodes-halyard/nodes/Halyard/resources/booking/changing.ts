import { additional, date, text } from '../../fields/collections';
import { idOf } from '../../fields/locators';
import type { Operation } from '../../operation';

const bookingId = idOf('Booking ID', 'bookingId');

/** What moves a booking on; the messages that were planned for it move or are cancelled with it. */
export const changing: Operation[] = [
  {
    value: 'reschedule',
    name: 'Reschedule',
    action: 'Reschedule a booking',
    description: 'Move a booking; its unsent messages move with it',
    method: 'POST',
    path: '/bookings/:bookingId/reschedule',
    properties: [
      bookingId,
      { ...date('Starts At', 'startsAt'), required: true },
      additional([
        date('Ends At', 'endsAt', 'The booking keeps its length, when left out'),
        text('Time Zone', 'timeZone', 'Such as Europe/Berlin'),
      ]),
    ],
    idempotent: true,
  },
  {
    value: 'cancel',
    name: 'Cancel',
    action: 'Cancel a booking',
    description: 'Cancel a booking; its unsent messages are cancelled',
    method: 'POST',
    path: '/bookings/:bookingId/cancel',
    properties: [bookingId, additional([text('Reason', 'reason')])],
    idempotent: true,
  },
  {
    value: 'checkIn',
    name: 'Check In',
    action: 'Check in a booking',
    description: 'Note that the guest has arrived',
    method: 'POST',
    path: '/bookings/:bookingId/check-in',
    properties: [bookingId],
    idempotent: true,
  },
  {
    value: 'complete',
    name: 'Complete',
    action: 'Complete a booking',
    description: 'Note that the booking is over',
    method: 'POST',
    path: '/bookings/:bookingId/complete',
    properties: [bookingId],
    idempotent: true,
  },
];
