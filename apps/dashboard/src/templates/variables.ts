import type { variableNames } from '@halyard/contracts/templates/variable-names';

/** What can be inserted: its name in `templates.variables`, and the Liquid that says it. */
export interface Variable {
  name: string;
  liquid: string;
}

/** Names are what contacts most often lack, so they come with what to say instead. */
export const variablesOf = (someone: string) => {
  const plain = (name: keyof typeof variableNames) => ({ name, liquid: `{{ ${name} }}` }) as const;
  return {
    contact: [
      { name: 'firstName', liquid: `{{ firstName | default: "${someone}" }}` },
      plain('lastName'),
      { name: 'telegramStart', liquid: 'https://t.me/your_bot?start={{ telegramStart }}' },
    ],
    event: [
      plain('eventName'),
      plain('eventDate'),
      plain('eventTime'),
      plain('eventLocation'),
      { name: 'eventEnd', liquid: '{{ subject.ends_at | date: "long", subject.time_zone }}' },
      { name: 'organizer', liquid: '{{ product.organizer.name }}' },
      { name: 'organizerPhone', liquid: '{{ product.organizer.phone }}' },
    ],
    organization: [
      plain('organizationName'),
      { name: 'website', liquid: '{{ organization.website }}' },
      { name: 'postalAddress', liquid: '{{ organization.postal_address }}' },
      plain('unsubscribeUrl'),
    ],
  } as const;
};

/** A contact's own attributes, by their names. */
export const attributeVariables = (attributes: Readonly<Record<string, unknown>>): Variable[] =>
  Object.keys(attributes)
    .filter((name) => /^\w+$/.test(name))
    .sort()
    .map((name) => ({ name, liquid: `{{ contact.attributes.${name} }}` }));
