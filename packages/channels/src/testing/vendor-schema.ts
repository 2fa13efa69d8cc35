import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { VendorCall } from '../http/call-vendor.js';

interface Description {
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
}

interface Operation {
  requestBody?: { content: Record<string, { schema: object }> };
}

const folder = join(import.meta.dirname, '../../vendor-specs');

/**
 * Says what is wrong with a request by the vendor's own OpenAPI description; an empty list when nothing is. Properties
 * that the description does not know are wrong too: the vendors ignore them, so they are misspelt or useless.
 */
export function violations(
  vendor: 'resend' | 'infobip' | 'slack' | 'discord' | 'telegram',
  call: VendorCall,
): string[] {
  const description = JSON.parse(readFileSync(join(folder, `${vendor}.json`), 'utf8')) as Description;
  const operation = operationOf(description, call);
  if (!operation) return [`${call.method} ${call.url} is not described by ${vendor}`];
  const schema = operation.requestBody?.content['application/json']?.schema;
  if (!schema) return call.body === undefined ? [] : [`${call.method} ${call.url} takes no JSON`];
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  const validate = ajv.compile({
    ...closedOne(schema),
    components: { schemas: closed(description.components.schemas) },
  });
  if (validate(call.body)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

/** By its path, whose variable parts stand in braces, below that of the server; hooks of Slack are on a server of their own. */
function operationOf({ servers, paths }: Description, { url, method }: VendorCall): Operation | undefined {
  const { pathname } = new URL(url);
  const base = URL.parse(servers[0]?.url ?? '')?.pathname.replace(/\/$/, '') ?? '';
  const path = base && pathname.startsWith(`${base}/`) ? pathname.slice(base.length) : pathname;
  const found = Object.keys(paths).find((known) =>
    new RegExp(`^${known.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`).test(path),
  );
  return found === undefined ? undefined : paths[found]?.[method.toLowerCase()];
}

/** Objects that list their properties take no others. */
const closed = (schemas: Record<string, object>): Record<string, object> =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, closedOne(schema)]));

function closedOne(schema: object): object {
  const open = !('properties' in schema) || 'allOf' in schema || 'additionalProperties' in schema;
  return open ? schema : { ...schema, unevaluatedProperties: false };
}
