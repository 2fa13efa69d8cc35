import { additional, date, json, text } from '../../fields/collections';
import { contactReference, contactReferenceSent } from '../../fields/contact-reference';
import { idOf, productOrKey, productOrKeySent } from '../../fields/locators';
import type { Operation } from '../../operation';

export const create: Operation = {
  value: 'create',
  name: 'Create',
  action: 'Create a booking',
  description: 'Create a booking, or change the one with this external ID',
  method: 'POST',
  path: '/bookings',
  properties: [
    ...contactReference(),
    productOrKey,
    date('Starts At', 'startsAt', 'The start of the product, when left out'),
    date('Ends At', 'endsAt', 'After the length of the product, when left out'),
    additional([
      json('Attributes', 'attributes', 'Such as {"persons": 2}'),
      text('External ID', 'externalId', 'Your own: the same one again changes the booking that is there'),
      text('Time Zone', 'timeZone', 'Such as Europe/Berlin; that of the product, when left out'),
    ]),
  ],
  sent: { ...contactReferenceSent, productId: productOrKeySent },
  idempotent: true,
};

export const update: Operation = {
  value: 'update',
  name: 'Update',
  action: 'Update a booking',
  description: 'Change the attributes or the product of a booking',
  method: 'PATCH',
  path: '/bookings/:bookingId',
  properties: [
    idOf('Booking ID', 'bookingId'),
    additional([json('Attributes', 'attributes', 'Merged key by key; null deletes a key'), productOrKey]),
  ],
  sent: { productId: productOrKeySent },
  idempotent: true,
};
