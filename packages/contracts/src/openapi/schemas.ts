import { z } from 'zod';

export type Json = Record<string, unknown>;
type Io = 'input' | 'output';

/**
 * Turns zod schemas into JSON Schema for one document. Named schemas (`.meta({ id })`) become components. A name that
 * means something else in a request than in an answer (defaults are optional in one and present in the other) becomes
 * two components: Name and NameRequest. Hence all answers and requests are collected before any is converted.
 */
export class Schemas {
  readonly #components: Record<Io, Map<string, Json>> = { input: new Map(), output: new Map() };
  readonly #converted = new Map<z.ZodType, Partial<Record<Io, Json>>>();
  #split: Set<string> | null = null;

  collect(schema: z.ZodType, io: Io): void {
    const {
      $defs = {},
      $schema: _,
      ...root
    } = z.toJSONSchema(schema, {
      target: 'draft-2020-12',
      io,
      reused: 'inline',
      unrepresentable: 'any',
      // In an answer zod calls every object closed; clients must expect more properties than these.
      override: ({ jsonSchema }) => {
        if (io === 'output') delete jsonSchema.additionalProperties;
      },
    }) as Json & { $defs?: Record<string, Json> };
    for (const [name, definition] of Object.entries($defs)) {
      if (name.startsWith('__schema')) {
        assertAnyJson(definition);
        continue;
      }
      const { id: _id, ...rest } = definition; // zod repeats the name inside
      this.#components[io].set(name, rest);
    }
    const { id: _id, ...unnamed } = root;
    const known = this.#converted.get(schema) ?? {};
    this.#converted.set(schema, { ...known, [io]: '$ref' in root ? root : unnamed });
  }

  /** The schema as it stands in the document; must have been collected. */
  of(schema: z.ZodType, io: Io): Json {
    const root = this.#converted.get(schema)?.[io];
    if (!root) throw new Error('A schema is used in the document that was not collected.');
    return this.#renamed(root, io) as Json;
  }

  components(): Record<string, Json> {
    const { input, output } = this.#components;
    const all: Record<string, Json> = {};
    for (const [name, schema] of output) all[name] = this.#renamed(schema, 'output') as Json;
    // The request's form also says that no other property is taken.
    for (const [name, schema] of input)
      all[this.#nameOf(name, 'input')] = this.#renamed(schema, 'input') as Json;
    return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  #nameOf(name: string, io: Io): string {
    this.#split ??= this.#findSplit();
    return io === 'input' && this.#split.has(name) ? `${name}Request` : name;
  }

  #findSplit(): Set<string> {
    const { input, output } = this.#components;
    const shared = [...input.keys()].filter((name) => output.has(name));
    const split = new Set(
      shared.filter((name) => comparable(input.get(name)) !== comparable(output.get(name))),
    );
    for (let before = -1; before !== split.size; ) {
      before = split.size;
      for (const name of shared) if (refsIn(input.get(name)).some((ref) => split.has(ref))) split.add(name);
    }
    return split;
  }

  #renamed(value: unknown, io: Io): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#renamed(item, io));
    if (!value || typeof value !== 'object') return value;
    if (String((value as Json).$ref).startsWith('#/$defs/__schema')) return {};
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) =>
        key === '$ref' && typeof part === 'string'
          ? [key, `#/components/schemas/${this.#nameOf(part.replace('#/$defs/', ''), io)}`]
          : [key, this.#renamed(part, io)],
      ),
    );
  }
}

const comparable = (schema: unknown): string =>
  JSON.stringify(schema, (key, value: unknown) =>
    key === 'additionalProperties' && value === false ? undefined : value,
  );

/** zod numbers recursive schemas without a name. Only z.json() may go without: it says no more than `{}`. */
function assertAnyJson({ anyOf }: Json): void {
  const types = Array.isArray(anyOf) ? anyOf.map((part: Json) => part.type) : [];
  if (!['string', 'number', 'boolean', 'null', 'array', 'object'].every((type) => types.includes(type)))
    throw new Error('A recursive schema needs a name: give it .meta({ id }).');
}

const refsIn = (schema: unknown): string[] =>
  [...JSON.stringify(schema).matchAll(/"#\/\$defs\/([^"]+)"/g)].map((match) => match[1] ?? '');
