import type { Context, Emitter, Template, Token, Value } from 'liquidjs';
import { ForTag, IfTag, Output, TypeGuards } from 'liquidjs';

/**
 * Most of what templates say is a text of the facts as it stands, `{{ contact.first_name }}`, and a comparison of one
 * with a fixed text. liquidjs walks generators within generators for it, half the processor time of a send; here it is
 * looked up. Whenever something else than a text of plain data is found, or it would have to be escaped, liquidjs does
 * as it always does: a shortcut changes how long rendering takes and nothing else. Changes the templates and returns them.
 */
export function addShortcuts(templates: Template[]): Template[] {
  for (const template of templates) {
    if (template instanceof Output) shortenOutput(template);
    if (template instanceof IfTag)
      for (const { value, templates: within } of template.branches) {
        shortenCondition(value);
        addShortcuts(within);
      }
    if (template instanceof ForTag) addShortcuts(template.templates);
    if (template instanceof IfTag || template instanceof ForTag) addShortcuts(template.elseTemplates ?? []);
  }
  return templates;
}

function shortenOutput(output: Output): void {
  const path = pathOf(output.value.initial.postfix);
  if (!path || !output.value.filters.every(({ name }) => leavesTextsAlone.has(name))) return;
  const render = output.render.bind(output);
  const shortcut = (context: Context, emitter: Emitter) => {
    const text = textAt(path, context);
    if (!text || special.test(text)) return render(context, emitter);
    context.memoryLimit.use(text.length);
    emitter.write(text);
  };
  Object.assign(output, { render: shortcut });
}

const special = /[&<>"']/;
/** On texts that are not empty and hold nothing to escape. The last is the escaping that HTML output ends with. */
const leavesTextsAlone = new Set(['default', 'escape', '[object Function]']);

function shortenCondition(value: Value): void {
  const [left, right, operator] = value.initial.postfix;
  const path = pathOf([left]);
  const fixed = TypeGuards.isQuotedToken(right) ? right.content : null;
  if (!path || fixed === null || value.initial.postfix.length !== 3 || value.filters.length) return;
  const wanted = TypeGuards.isOperatorToken(operator) ? operator.operator : '';
  if (wanted !== '==' && wanted !== '!=') return;
  const evaluate = value.value.bind(value);
  const shortcut = (context: Context, lenient?: boolean) => {
    const text = textAt(path, context);
    return text === undefined ? evaluate(context, lenient) : (text === fixed) === (wanted === '==');
  };
  Object.assign(value, { value: shortcut });
}

/** The names of `a.b.c`; null when it is anything else than such a path. */
function pathOf(expression: readonly (Token | undefined)[]): string[] | null {
  const [token] = expression;
  if (expression.length !== 1 || !TypeGuards.isPropertyAccessToken(token) || token.variable) return null;
  const names = token.props.map((prop) => (TypeGuards.isWordToken(prop) ? prop.content : null));
  return names.length && names.every((name) => name !== null) ? names : null;
}

/** A text at this path of plain objects; undefined when there is anything else. */
function textAt(path: readonly string[], context: Context): string | undefined {
  let at: unknown = (context as unknown as Scopes).findScope(path[0] ?? '');
  for (const name of path) {
    if (typeof at !== 'object' || at === null || Array.isArray(at) || !Object.hasOwn(at, name)) return;
    at = (at as Record<string, unknown>)[name];
  }
  return typeof at === 'string' ? at : undefined;
}

/** Which scope a name is read from; liquidjs keeps it from its types, though not from its users. */
interface Scopes {
  findScope(name: string): Record<string, unknown>;
}
