import { additional, date, json, text } from '../../fields/collections';
import { contactReference, contactReferenceSent } from '../../fields/contact-reference';
import { idOf, optional, product } from '../../fields/locators';
import type { Operation } from '../../operation';

const productKey = text('Product Key', 'productKey', 'The product by its own key, instead of Product');

export const create: Operation = {
  value: 'create',
  name: 'Create',
  action: 'Create a booking',
  description: 'Create a booking, or change the one with this external ID',
  method: 'POST',
  path: '/bookings',
  properties: [
    ...contactReference(),
    optional(product),
    date('Starts At', 'startsAt', 'The start of the product, when left out'),
    date('Ends At', 'endsAt', 'After the length of the product, when left out'),
    additional([
      json('Attributes', 'attributes', 'Such as {"persons": 2}'),
      text('External ID', 'externalId', 'Your own: the same one again changes the booking that is there'),
      productKey,
      text('Time Zone', 'timeZone', 'Such as Europe/Berlin; that of the product, when left out'),
    ]),
  ],
  sent: contactReferenceSent,
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
    additional([
      json('Attributes', 'attributes', 'Merged key by key; null deletes a key'),
      optional(product),
      productKey,
    ]),
  ],
  idempotent: true,
};
