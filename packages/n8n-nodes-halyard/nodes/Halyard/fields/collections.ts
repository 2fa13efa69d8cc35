import type { INodeProperties } from 'n8n-workflow';

/** What may be added to an operation. */
export const additional = (options: INodeProperties[]): INodeProperties => ({
  displayName: 'Additional Fields',
  name: 'additionalFields',
  type: 'collection',
  placeholder: 'Add Field',
  default: {},
  options,
});

/** What narrows a list. */
export const filters = (options: INodeProperties[]): INodeProperties => ({
  displayName: 'Filters',
  name: 'filters',
  type: 'collection',
  placeholder: 'Add Filter',
  default: {},
  options,
});

export const text = (displayName: string, name: string, description?: string): INodeProperties => ({
  displayName,
  name,
  type: 'string',
  default: '',
  ...(description && { description }),
});

export const json = (displayName: string, name: string, description: string): INodeProperties => ({
  displayName,
  name,
  type: 'json',
  default: '',
  description,
});

export const date = (displayName: string, name: string, description?: string): INodeProperties => ({
  displayName,
  name,
  type: 'dateTime',
  default: '',
  ...(description && { description }),
});

/** A choice among the API's own words; `first` is chosen when nothing is. */
export const choice = (
  displayName: string,
  name: string,
  words: readonly string[],
  first: string,
  description?: string,
): INodeProperties => ({
  displayName,
  name,
  type: 'options',
  options: words.map((value) => ({ name: titled(value), value })),
  default: first,
  ...(description && { description }),
});

/** "checked_in" as n8n shows it: "Checked In". */
export const titled = (word: string): string =>
  word
    .split('_')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join(' ');
