import type { Template } from 'liquidjs';
import { Liquid } from 'liquidjs';
import { addShortcuts } from './liquid-shortcuts.js';
import type { DateStyle, Locality } from './local-formats.js';
import { dateStyles, formatDate, formatMoney, formatTime, instantOf } from './local-formats.js';

/** Where the output goes: into HTML, where every value is escaped, or into plain text. */
export type LiquidTarget = 'html' | 'text';

export interface ParsedLiquid {
  readonly target: LiquidTarget;
  readonly templates: Template[];
  /** What it always says: it names nothing. */
  readonly fixed: string | null;
}

/** What is wrong, and in which line of the source. */
export interface LiquidFault {
  line: number;
  message: string;
}

// What reaches beyond the template (files) or prints Liquid as it stands.
const removedTags = ['include', 'render', 'layout', 'block', 'raw'];
// `raw` would let an author switch escaping off; the others give another result at every call.
const removedFilters = ['raw', 'sample', 'shuffle'];

/** The limits are infinite and the output unescaped unless both are set. templateLimit does not trip in loops: time and memory do. */
function engine(target: LiquidTarget): Liquid {
  const liquid = new Liquid({
    ownPropertyOnly: true,
    strictFilters: true,
    strictVariables: false,
    relativeReference: false,
    dynamicPartials: false,
    templates: {},
    parseLimit: 300_000,
    renderLimit: 1_000, // of wall time: a busy machine must not make a good template fail
    memoryLimit: 2_000_000,
    ...(target === 'html' ? { outputEscape: 'escape' as const } : {}),
  });
  for (const tag of removedTags) delete liquid.tags[tag];
  registerFilters(liquid, target);
  for (const filter of removedFilters) delete liquid.filters[filter];
  return liquid;
}

const localityOf = (context: { globals: object }): Locality => context.globals as Locality;

function registerFilters(liquid: Liquid, target: LiquidTarget): void {
  const strftime = liquid.filters.date as (this: unknown, ...args: unknown[]) => unknown;
  // {{ d | date }}, {{ d | date: "long" }}, {{ d | date: "long", subject.time_zone }}, or strftime: {{ d | date: "%d.%m." }}
  liquid.registerFilter('date', function (value: unknown, format?: unknown, zone?: unknown) {
    if (value === 'now' || value === 'today')
      throw new RangeError('a template has no clock: use a date of the facts, such as event.occurred_at');
    const locality = localityOf(this.context);
    const timeZone = typeof zone === 'string' && zone !== '' ? zone : locality.timeZone;
    if (typeof format === 'string' && !dateStyles.includes(format))
      return strftime.call(this, value, format, timeZone);
    const at = instantOf(value);
    return at
      ? formatDate(at, (format as DateStyle | undefined) ?? 'medium', { ...locality, timeZone })
      : (value ?? '');
  });
  liquid.registerFilter('time', function (value: unknown, zone?: unknown) {
    const locality = localityOf(this.context);
    const at = instantOf(value);
    const timeZone = typeof zone === 'string' && zone !== '' ? zone : locality.timeZone;
    return at ? formatTime(at, { ...locality, timeZone }) : (value ?? '');
  });
  liquid.registerFilter('money', function (value: unknown, currency?: unknown) {
    if (value === null || value === undefined || value === '') return '';
    return formatMoney(
      Number(value),
      typeof currency === 'string' ? currency : 'EUR',
      localityOf(this.context).locale,
    );
  });
  if (target === 'text') return;
  // Habits of other Liquids: without this both would come out escaped twice.
  const escapeFilter = liquid.filters.escape as (this: unknown, value: unknown) => string;
  liquid.registerFilter('escape', { raw: true, handler: escapeFilter });
  liquid.registerFilter('newline_to_br', {
    raw: true,
    handler(value: unknown) {
      return escapeFilter.call(this, value).replace(/\r?\n/g, '<br>\n');
    },
  });
}

const engines: Record<LiquidTarget, Liquid> = { html: engine('html'), text: engine('text') };

/** Parses Liquid for one kind of output. */
export function parseLiquid(source: string, target: LiquidTarget): ParsedLiquid | LiquidFault {
  try {
    const templates = addShortcuts(engines[target].parse(source));
    return { target, templates, fixed: /\{[{%]/.test(source) ? null : source };
  } catch (error) {
    return faultOf(error);
  }
}

export const isFault = (parsed: ParsedLiquid | LiquidFault): parsed is LiquidFault => 'message' in parsed;

/** Renders; throws an Error with a plain sentence when the template cannot be rendered with this scope. */
export function renderLiquid(
  { target, templates, fixed }: ParsedLiquid,
  scope: Record<string, unknown>,
  locality: Locality,
): string {
  if (fixed !== null) return fixed;
  try {
    return engines[target].renderSync(templates, scope, { globals: locality });
  } catch (error) {
    const { line, message } = faultOf(error);
    throw new Error(`line ${line}: ${message}`);
  }
}

/** Paths of the variables that a template reads, such as `firstName` or `contact.attributes.level`. */
export function variablesOf({ target, templates }: ParsedLiquid): string[] {
  return engines[target].globalFullVariablesSync(templates);
}

function faultOf(error: unknown): LiquidFault {
  const { message, token } = error as { message?: string; token?: { getPosition?(): [number, number] } };
  const line = token?.getPosition?.()[0] ?? 1;
  return { line, message: (message ?? String(error)).replace(/, (file:[^,]*, )?line:\d+, col:\d+.*$/s, '') };
}
