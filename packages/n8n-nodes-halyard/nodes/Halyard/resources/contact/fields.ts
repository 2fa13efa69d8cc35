import { channel } from '../../fields/channel';
import { additional, json, text } from '../../fields/collections';

const preferredChannel = {
  ...channel('Tried first, where a message may go out on several'),
  displayName: 'Preferred Channel',
  name: 'preferredChannel',
};

const common = [
  json('Attributes', 'attributes', 'Merged key by key; null deletes a key'),
  text('Country', 'country', 'Two letters, such as DE'),
  text('First Name', 'firstName'),
  text('Last Name', 'lastName'),
  text('Locale', 'locale', 'Such as de or en-GB'),
  preferredChannel,
  text('Time Zone', 'timeZone', 'Such as Europe/Berlin'),
];

export const contactKeys = [
  { ...text('Email', 'email'), placeholder: 'ada@example.com' },
  text('External ID', 'externalId', 'The ID that the contact has in your own system'),
];

export const contactDetails = additional([
  ...common,
  json(
    'Identities',
    'identities',
    'A list of addresses, such as [{"kind": "telegram", "address": "42"}]; kind crm_user_id is the ID in a CRM',
  ),
  text('Phone', 'phone'),
]);

export const contactChanges = additional([
  json('Add Identities', 'addIdentities', 'A list of addresses, such as [{"kind": "email", "address": "…"}]'),
  ...common,
  text('External ID', 'externalId'),
  json(
    'Remove Identities',
    'removeIdentities',
    'A list of addresses, such as [{"kind": "email", "address": "…"}]',
  ),
]);
