/** The names that templates may use without a path, and what fills them. */
export const variableNames = {
  firstName: 'the contact’s first name',
  lastName: 'the contact’s last name',
  eventName: 'the name of the product or event',
  eventDate: 'the day it starts, where it takes place, in the recipient’s language',
  eventTime: 'the time it starts, where it takes place',
  eventLocation: 'the place’s name and address',
  organizationName: 'the name of the organization',
  unsubscribeUrl: 'the recipient’s own unsubscribe page',
  telegramStart: 'makes https://t.me/<your bot>?start= the recipient’s own link to your bot',
} as const;
