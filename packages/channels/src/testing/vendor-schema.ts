import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { VendorCall } from '../http/call-vendor.js';

interface Description {
  paths: Record<string, Record<string, { requestBody?: { content: Record<string, { schema: object }> } }>>;
  components: { schemas: Record<string, object> };
}

const folder = join(import.meta.dirname, '../../vendor-specs');

/**
 * Says what is wrong with a request by the vendor's own OpenAPI description; an empty list when nothing is. Properties
 * that the description does not know are wrong too: the vendors ignore them, so they are misspelt or useless.
 */
export function violations(vendor: 'resend' | 'infobip', call: VendorCall): string[] {
  const description = JSON.parse(readFileSync(join(folder, `${vendor}.json`), 'utf8')) as Description;
  const operation = description.paths[new URL(call.url).pathname]?.[call.method.toLowerCase()];
  if (!operation) return [`${call.method} ${call.url} is not described by ${vendor}`];
  const schema = operation.requestBody?.content['application/json']?.schema;
  if (!schema) return [`${call.method} ${call.url} takes no JSON`];
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  const validate = ajv.compile({
    ...schema,
    components: { schemas: closed(description.components.schemas) },
  });
  if (validate(call.body)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

/** Objects that list their properties take no others. */
function closed(schemas: Record<string, object>): Record<string, object> {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => {
      const open = !('properties' in schema) || 'allOf' in schema || 'additionalProperties' in schema;
      return [name, open ? schema : { ...schema, unevaluatedProperties: false }];
    }),
  );
}
