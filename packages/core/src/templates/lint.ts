import type { Channel } from '@halyard/contracts/primitives';
import type { Finding } from '@halyard/contracts/templates/rendering';
import { variableNames } from '@halyard/contracts/templates/variable-names';
import type { CompiledTemplate, CompiledVariant } from './compiled.js';
import { lintEmail } from './lint-email.js';
import { tooLongFor } from './longest-texts.js';
import { smsSegments } from './sms-segments.js';
import { variableTrees } from './variables.js';

/** What the lint knows beside the template: whether a marketing mail could name the sender's postal address. */
export interface LintContext {
  channel: Channel;
  organization: { postalAddress: string | null };
}

/**
 * Advice on a template that compiles: nothing here keeps it from being sent. Paths are those of the written content, such
 * as `locales.de.subject`.
 */
export function lintTemplate(
  compiled: CompiledTemplate,
  variables: readonly string[],
  context: LintContext,
): Finding[] {
  return [
    ...unknownVariables(variables),
    ...(['locales', 'fallback'] as const).flatMap((part) =>
      Object.entries(compiled[part]).flatMap(([locale, variant]) => [
        ...lintVariant(variant, `${part}.${locale}`, context),
        ...(part === 'fallback' ? fallbackWithVariables(variant, `${part}.${locale}`) : []),
      ]),
    ),
  ];
}

function lintVariant(variant: CompiledVariant, path: string, context: LintContext): Finding[] {
  const bare = textsOf(variant).flatMap(([field, text]) => nameWithoutDefault(text, `${path}.${field}`));
  if (variant.kind === 'email') return [...bare, ...lintEmail(variant, path, context)];
  if (variant.kind !== 'text') return bare;
  const of = context.channel === 'sms' ? lintSms : lintLength(context.channel);
  return [...bare, ...of(variant.text, `${path}.text`)];
}

const textsOf = (variant: CompiledVariant): [string, string][] => {
  switch (variant.kind) {
    case 'email':
      return [
        ['subject', variant.subject],
        ['preheader', variant.preheader ?? ''],
        ['text', variant.text],
      ];
    case 'text':
      return [['text', variant.text]];
    case 'whatsapp_template':
      return variant.body.map((text, n) => [`template.body.${n}`, text]);
  }
};

function unknownVariables(variables: readonly string[]): Finding[] {
  return variables.flatMap((variable) => {
    const root = /^[^.[]+/.exec(variable)?.[0] ?? variable;
    if (root in variableNames || (variableTrees as readonly string[]).includes(root)) return [];
    const meant = Object.keys(variableNames).find((name) => sameWord(name, root));
    return [
      {
        severity: 'warning' as const,
        code: 'unknown_variable',
        path: 'variables',
        message: meant
          ? `{{${variable}}} is not filled by Halyard. Did you mean {{${meant}}}?`
          : `{{${variable}}} is not filled by Halyard: it is empty unless the message or the step brings it.`,
      },
    ];
  });
}

const sameWord = (a: string, b: string): boolean =>
  a.toLowerCase() === b.toLowerCase().replaceAll(/[_-]/g, '');

/** Names are what contacts most often lack: `Hello ,` looks worse than `Hello there,`. */
function nameWithoutDefault(text: string, path: string): Finding[] {
  const [name] = /\{\{-?\s*(firstName|lastName)\s*-?\}\}/.exec(text)?.slice(1) ?? [];
  if (!name) return [];
  const message = `Not every contact has a name: write {{ ${name} | default: "…" }}, or put it into {% if ${name} %}.`;
  return text.includes(`if ${name}`) ? [] : [{ severity: 'info', code: 'no_default', path, message }];
}

function fallbackWithVariables(variant: CompiledVariant, path: string): Finding[] {
  return textsOf(variant).some(([, text]) => text.includes('{{'))
    ? [
        {
          severity: 'warning',
          code: 'fallback_has_variables',
          path,
          message: 'A fallback is sent when variables fail: write it without any.',
        },
      ]
    : [];
}

/** Of the text as written: one that is too long without its values is too long for everybody. Tags may leave parts out. */
const lintLength =
  (channel: Channel) =>
  (text: string, path: string): Finding[] => {
    const tooLong = tooLongFor(channel, text.replace(/\{\{.*?\}\}/gs, ''));
    if (!tooLong || text.includes('{%')) return [];
    const message = `It is not sent: ${tooLong}.`;
    return [{ severity: 'warning', code: 'chat_too_long', path, message }];
  };

/** Of the text as written: values make it longer. */
function lintSms(text: string, path: string): Finding[] {
  const { encoding, segments, outside_gsm7 } = smsSegments(text.replace(/\{\{.*?\}\}/gs, 'xxxxxxxx'));
  const found: Finding[] = [];
  if (encoding === 'UCS-2')
    found.push({
      severity: 'warning',
      code: 'sms_not_gsm7',
      path,
      message: `${outside_gsm7.join(' ')} outside GSM-7 leaves 70 instead of 160 characters in an SMS.`,
    });
  if (segments > 3)
    found.push({
      severity: 'warning',
      code: 'sms_long',
      path,
      message: `This is billed as ${segments} SMS: shorten it.`,
    });
  return found;
}
