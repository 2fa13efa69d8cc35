import { z } from 'zod';

interface Schema {
  type?: string | string[];
  $ref?: string;
  const?: unknown;
  default?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minItems?: number;
  minLength?: number;
  minimum?: number;
  format?: string;
  $defs?: Record<string, Schema>;
}

/**
 * The smallest input that a schema takes, as far as its JSON Schema tells: for tests that call every route. What a query
 * coerces from text says what it is only as `output`.
 */
export function sampleOf(schema: z.ZodType, io: 'input' | 'output' = 'input'): unknown {
  const root = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Schema;
  return sample(root, root.$defs ?? {}, 0);
}

function sample(schema: Schema, defs: Record<string, Schema>, depth: number): unknown {
  if (depth > 20) return null;
  const inner = (next: Schema) => sample(next, defs, depth + 1);
  if (schema.$ref) return inner(defs[schema.$ref.split('/').at(-1) ?? ''] ?? {});
  if (schema.const !== undefined) return schema.const;
  if (schema.default !== undefined) return schema.default;
  if (schema.enum) return schema.enum[0];
  const choice = schema.anyOf?.[0] ?? schema.oneOf?.[0];
  if (choice) return inner(choice);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => inner(part)));
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, inner(schema.properties?.[name] ?? {})]),
      );
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => inner(schema.items ?? {}));
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1);
    case 'boolean':
      return true;
    case 'null':
      return null;
    case 'string':
      return text(schema);
    default:
      return {};
  }
}

function text({ format, minLength = 1 }: Schema): string {
  switch (format) {
    case 'uuid':
      return '00000000-0000-7000-8000-000000000000';
    case 'email':
      return 'sample@example.com';
    case 'uri':
      return 'https://example.com/';
    case 'date-time':
      return '2026-05-01T09:00:00Z';
    default:
      return 'sample'.padEnd(minLength, '-');
  }
}
