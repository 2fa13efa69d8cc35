import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ApiRequest } from '../api/api-request';
import type { Operation, Read, Sent } from './operation';
import { parameterValue, WrongParameter } from './parameter-value';

/** The request that an operation means, from what was filled in. */
export function requestOf(operation: Operation, read: Read, zone: string): ApiRequest {
  if (operation.request) return operation.request(read);
  const sent: IDataObject = { ...operation.fixed };
  const inPath = new Set<string>();
  const path = operation.path.replace(/:(\w+)/g, (_, name: string) => {
    inPath.add(name);
    return pathPart(operation, name, read, zone);
  });
  for (const property of operation.properties) {
    if (inPath.has(property.name) || !isShown(property, read)) continue;
    for (const [field, given] of fieldsOf(property, read(property.name)))
      place(sent, operation, field, given, zone);
  }
  const { method } = operation;
  return method === 'GET' || method === 'DELETE'
    ? { method, path, query: sent }
    : { method, path, query: {}, body: sent };
}

function pathPart(operation: Operation, name: string, read: Read, zone: string): string {
  const property = operation.properties.find((one) => one.name === name);
  if (!property) throw new WrongParameter(`${operation.name} has no parameter ${name}`);
  const value = parameterValue(property, read(name), zone);
  if (value === undefined || value === null) throw new WrongParameter(`${property.displayName} is empty`);
  return encodeURIComponent(String(value));
}

/** A parameter may be shown only beside certain values of others; when it is not, what it holds does not count. */
const isShown = (property: INodeProperties, read: Read): boolean =>
  Object.entries(property.displayOptions?.show ?? {}).every(([name, values]) =>
    (values as unknown[]).includes(read(name)),
  );

/** The parameter itself, or the fields that were added to a collection. */
function fieldsOf(property: INodeProperties, given: unknown): [INodeProperties, unknown][] {
  if (property.type === 'notice') return [];
  if (property.type !== 'collection') return [[property, given]];
  const added = (given ?? {}) as Record<string, unknown>;
  const fields = (property.options ?? []) as INodeProperties[];
  return fields.filter(({ name }) => name in added).map((field) => [field, added[field.name]]);
}

function place(
  into: IDataObject,
  operation: Operation,
  field: INodeProperties,
  given: unknown,
  zone: string,
) {
  const how: Sent | false | undefined = operation.sent?.[field.name];
  if (how === false) return;
  const value = parameterValue(field, given, zone, how);
  if (value === undefined) return;
  setAt(into, how?.byMode?.[modeOf(given)] ?? how?.as ?? snakeCased(field.name), value);
}

/** How a resource locator names its thing; '' for what is none. */
const modeOf = (given: unknown): string =>
  typeof given === 'object' && given !== null && 'mode' in given ? String(given.mode) : '';

export const snakeCased = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Sets a value at `a.b.c`; objects that are there already keep what the new one does not name. */
function setAt(into: IDataObject, path: string, value: unknown): void {
  if (path === '') {
    Object.assign(into, value);
    return;
  }
  const names = path.split('.');
  const last = names.pop() as string;
  let holder = into;
  for (const name of names) {
    if (!isObject(holder[name])) holder[name] = {};
    holder = holder[name] as IDataObject;
  }
  const there = holder[last];
  holder[last] = isObject(there) && isObject(value) ? { ...there, ...value } : (value as IDataObject);
}

const isObject = (value: unknown): value is IDataObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
