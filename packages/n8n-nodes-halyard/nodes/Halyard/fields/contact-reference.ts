import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Sent } from '../operation';

const ways = {
  id: { name: 'ID', value: 'id' },
  email: { name: 'Email', value: 'email' },
  externalId: { name: 'External ID', value: 'externalId' },
  phone: { name: 'Phone', value: 'phone' },
  details: {
    name: 'Details (JSON)',
    value: 'details',
    description: 'By any of its keys, with more about it',
  },
  none: { name: 'Nobody', value: 'none' },
} satisfies Record<string, INodePropertyOptions>;

/** Whom a request is about: by id, or by what identifies the contact. `more`: further ways that a route offers. */
export const contactReference = (
  more: { nobody?: true; address?: INodePropertyOptions } = {},
): INodeProperties[] => [
  {
    displayName: 'Contact By',
    name: 'contactBy',
    type: 'options',
    options: [
      ...(more.address ? [more.address] : []),
      ways.details,
      ways.email,
      ways.externalId,
      ways.id,
      ...(more.nobody ? [ways.none] : []),
      ways.phone,
    ],
    default: 'email',
    description: 'How the contact is named',
  },
  named('id', 'Contact ID', 'contactId'),
  named('email', 'Contact Email', 'contactEmail'),
  named('externalId', 'Contact External ID', 'contactExternalId'),
  named('phone', 'Contact Phone', 'contactPhone'),
  {
    ...named('details', 'Contact Details', 'contactDetails'),
    type: 'json',
    description:
      'Such as {"email": "ada@example.com", "first_name": "Ada"}, or {"identities": [{"kind": "crm_user_id", "address": "42"}]}',
  },
];

const named = (by: keyof typeof ways, displayName: string, name: string): INodeProperties => ({
  displayName,
  name,
  type: 'string',
  default: '',
  required: true,
  displayOptions: { show: { contactBy: [by] } },
});

/** Where the parameters above stand in a request. */
export const contactReferenceSent: Record<string, Sent | false> = {
  contactBy: false,
  contactEmail: { as: 'contact.email' },
  contactExternalId: { as: 'contact.external_id' },
  contactPhone: { as: 'contact.phone' },
  contactDetails: { as: 'contact' },
};
