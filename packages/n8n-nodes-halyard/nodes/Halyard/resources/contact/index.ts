import { idOf } from '../../fields/locators';
import type { Resource } from '../../operation';
import { consentOperations } from './consents';
import { contactChanges, contactDetails, contactKeys } from './fields';
import { listOperations } from './lists';

const contactId = idOf('Contact ID', 'contactId');

export const contact: Resource = {
  value: 'contact',
  name: 'Contact',
  operations: [
    {
      value: 'upsert',
      name: 'Create or Update',
      action: 'Create or update a contact',
      description: 'Create a new record, or update the current one if it already exists (upsert)',
      method: 'PUT',
      path: '/contacts',
      properties: [...contactKeys, contactDetails],
      idempotent: true,
    },
    {
      value: 'create',
      name: 'Create',
      action: 'Create a contact',
      description: 'Create a contact; fails when there is one with this external ID or address',
      method: 'POST',
      path: '/contacts',
      properties: [...contactKeys, contactDetails],
      idempotent: true,
    },
    {
      value: 'update',
      name: 'Update',
      action: 'Update a contact',
      description: 'Change a contact, add and remove addresses',
      method: 'PATCH',
      path: '/contacts/:contactId',
      properties: [contactId, contactChanges],
    },
    {
      value: 'get',
      name: 'Get',
      action: 'Get a contact',
      description: 'Get a contact by its ID',
      method: 'GET',
      path: '/contacts/:contactId',
      properties: [contactId],
    },
    ...listOperations,
    ...consentOperations,
  ],
};
