import type { Template, Token, Value } from 'liquidjs';
import { Output, TypeGuards } from 'liquidjs';
import type { CompiledTemplate } from './compiled.js';
import type { ParsedLiquid } from './liquid.js';
import type { ParsedVariant } from './parsed.js';
import { parseVariant } from './parsed.js';

/**
 * The variables that a template prints as they are, such as `firstName` or `contact.attributes.level`: where one is
 * missing there is a hole. Those with `default`, and those whose own tag asks for them first ({% if level %}), are not
 * among them.
 */
export function barePrints({ locales }: CompiledTemplate): string[] {
  const found = Object.values(locales).flatMap((variant) => textsOf(parseVariant(variant)).flatMap(printsOf));
  return [...new Set(found)].sort();
}

function textsOf(variant: ParsedVariant): ParsedLiquid[] {
  switch (variant.kind) {
    case 'email':
      return [variant.subject, ...(variant.preheader ? [variant.preheader] : []), variant.html, variant.text];
    case 'text':
      return [variant.text];
    case 'whatsapp_template':
      return [...variant.body, ...(variant.header ? [variant.header] : []), ...variant.buttons];
  }
}

const printsOf = ({ templates }: ParsedLiquid): string[] => visit(templates, new Set());

/** `settled`: names that the template itself gives, and variables that were asked for. */
function visit(templates: readonly Template[], settled: ReadonlySet<string>): string[] {
  const known = new Set(settled);
  return templates.flatMap((template) => {
    if (template instanceof Output) return printed(template, known);
    for (const name of template.localScope?.() ?? []) known.add(name.content);
    const within = childrenOf(template);
    if (!within.length) return [];
    const asked = [...(template.arguments?.() ?? [])].flatMap(variablesIn);
    return visit(within, new Set([...known, ...asked, ...(template.blockScope?.() ?? [])]));
  });
}

function printed({ value }: Output, known: ReadonlySet<string>): string[] {
  if (value.filters.some(({ name }) => name === 'default')) return [];
  return value.initial.postfix
    .flatMap(variablesIn)
    .filter((name) => !known.has(name) && !known.has(name.split('.')[0] ?? ''));
}

// The generator gives its templates at once: there are no partials to load.
const childrenOf = (template: Template): Template[] =>
  (template.children?.(false, true).next().value ?? []) as Template[];

function variablesIn(argument: Value | Token): string[] {
  if ('initial' in argument) return (argument as Value).initial.postfix.flatMap(variablesIn);
  if (!TypeGuards.isPropertyAccessToken(argument) || argument.variable) return [];
  const names = argument.props.map((prop) =>
    TypeGuards.isWordToken(prop) || TypeGuards.isQuotedToken(prop) || TypeGuards.isNumberToken(prop)
      ? prop.content
      : null,
  );
  return names.length && names.every((name) => name !== null) ? [names.join('.')] : [];
}
