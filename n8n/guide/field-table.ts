import { z } from 'zod';

interface Shape {
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  format?: string;
  description?: string;
  properties?: Record<string, Shape>;
  required?: string[];
  items?: Shape;
  anyOf?: Shape[];
  oneOf?: Shape[];
  default?: unknown;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  allOf?: Shape[];
  $ref?: string;
  $defs?: Record<string, Shape>;
}

/** The fields of a payload as a table for people, made of the schema that the API itself uses. */
export function fieldTable(schema: z.ZodType): string {
  const whole = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape;
  const rows = fieldsOf(whole, whole, '').map(
    ({ path, shape, required }) =>
      `| \`${path}\` | ${typeOf(shape, whole)} | ${required ? 'yes' : 'no'} | ${(shape.description ?? '').replaceAll('|', '\\|').replaceAll('\n', ' ')} |`,
  );
  return ['| field | type | required | |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

interface Field {
  path: string;
  shape: Shape;
  required: boolean;
}

/** Objects are opened one level deep: what lies deeper is shown by the example. */
function fieldsOf(shape: Shape, whole: Shape, before: string): Field[] {
  const { properties = {}, required = [] } = resolved(shape, whole);
  return Object.entries(properties).flatMap(([name, given]) => {
    const field = { path: before + name, shape: given, required: required.includes(name) };
    const inner = before === '' ? fieldsOf(given, whole, `${name}.`) : [];
    return [field, ...inner];
  });
}

const resolved = (shape: Shape, whole: Shape): Shape =>
  shape.$ref ? (whole.$defs?.[shape.$ref.split('/').at(-1) ?? ''] ?? shape) : shape;

function typeOf(given: Shape, whole: Shape): string {
  // Only what holds itself has no name of ours: any JSON.
  if (given.$ref?.includes('__schema')) return 'any JSON';
  const shape = resolved(given, whole);
  const choices = shape.anyOf ?? shape.oneOf;
  if (choices) return [...new Set(choices.map((one) => typeOf(one, whole)))].join(' or ');
  if (shape.const !== undefined) return `\`${shape.const}\``;
  if (shape.enum) return shape.enum.map((word) => `\`${word}\``).join(', ');
  if (shape.format === 'uuid') return 'uuid';
  if (shape.format === 'date-time') return 'instant';
  if (shape.format === 'uri') return 'address';
  if (shape.type === 'array') return `list of ${typeOf(shape.items ?? {}, whole)}`;
  if (shape.type === 'string' && shape.maxLength) return `text, at most ${shape.maxLength}`;
  if (shape.type === 'string') return 'text';
  if (shape.type === 'integer' || shape.type === 'number') return numberOf(shape);
  return typeof shape.type === 'string' ? shape.type : 'any';
}

function numberOf({ type, minimum, maximum }: Shape): string {
  const word = type === 'integer' ? 'whole number' : 'number';
  const bounded = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER;
  return bounded ? `${word}, ${minimum} to ${maximum}` : word;
}
