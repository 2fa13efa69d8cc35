import type { INodeProperties } from 'n8n-workflow';
import { instantOf } from './instant';
import type { Sent } from './operation';

/** What is wrong with a parameter, for the person who filled it in. */
export class WrongParameter extends Error {}

/** The value of a parameter as the API takes it; undefined: it was left empty and is not sent. */
export function parameterValue(
  property: INodeProperties,
  given: unknown,
  zone: string,
  sent?: Sent,
): unknown {
  const value = property.type === 'resourceLocator' ? chosen(given) : given;
  if (value === undefined || value === '') return undefined;
  if (value === null) return null;
  if (property.type === 'json') return parsed(property, value);
  if (property.type === 'dateTime') return instantOf(value, zone);
  if (sent?.list) return listed(value);
  if (Array.isArray(value) && value.length === 0) return undefined;
  return value;
}

/** A resource locator holds its mode beside the value; an expression may give the value alone. */
const chosen = (given: unknown): unknown =>
  typeof given === 'object' && given !== null && 'value' in given ? given.value : given;

function parsed(property: INodeProperties, value: unknown): unknown {
  const json = typeof value === 'string' ? jsonIn(value) : { value };
  if (!json) throw new WrongParameter(`${property.displayName} is not valid JSON`);
  return json.value;
}

function jsonIn(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}

const listed = (value: unknown): unknown[] =>
  Array.isArray(value)
    ? value
    : String(value)
        .split(',')
        .map((entry) => entry.trim())
        .filter((entry) => entry !== '');
