import type { Facts } from '../flows/run.js';
import type { Locality } from './local-formats.js';
import { formatDate, formatTime, instantOf } from './local-formats.js';

/** The trees of facts; templates reach into them by path. */
export const variableTrees = ['contact', 'subject', 'product', 'event', 'organization', 'steps'] as const;

type Tree = Record<string, unknown>;
const tree = (value: unknown): Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Tree) : {};

/**
 * What Liquid sees: the trees as they are, the plain names, and over both the variables that the message brings itself.
 * `eventDate` and `eventTime` are added at rendering (`eventMoment`), when the language is known.
 */
export function templateVariables(facts: Facts, own: Record<string, unknown>): Record<string, unknown> {
  const contact = tree(facts.contact);
  const product = tree(facts.product);
  return {
    ...facts,
    firstName: contact.first_name ?? null,
    lastName: contact.last_name ?? null,
    eventName: product.name ?? null,
    eventLocation: placeOf(product.location),
    organizationName: tree(facts.organization).name ?? null,
    ...own,
  };
}

function placeOf(location: unknown): string | null {
  const { name, address } = tree(location);
  const parts = [name, address].filter((part) => typeof part === 'string' && part !== '');
  return parts.length ? parts.join(', ') : null;
}

/**
 * The event's day and time as people at the place read them: in the zone of the booking, else of the product, else the
 * recipient's.
 */
export function eventMoment(variables: Record<string, unknown>, locality: Locality): Record<string, string> {
  const subject = tree(variables.subject);
  const product = tree(variables.product);
  const at = instantOf(subject.starts_at) ?? instantOf(product.starts_at);
  if (!at) return {};
  const zone = subject.time_zone ?? product.time_zone;
  const there = { ...locality, timeZone: typeof zone === 'string' ? zone : locality.timeZone };
  return { eventDate: formatDate(at, 'long', there), eventTime: formatTime(at, there) };
}
