import type { Condition } from '@halyard/contracts/conditions';
import type { FlowCounterexample } from '@halyard/contracts/flows/check';
import { toInstant } from '../../conditions/facts.js';
import { tellerOf } from '../../explain/tell.js';
import type { Turn } from './choices.js';
import type { Witness } from './witness.js';

type Json = FlowCounterexample['events'][number]['payload'];

/** A sentence in every language that explanations have. */
export type InBoth = FlowCounterexample['sentences'];

type Language = keyof InBoth;
export type Clock = (at: Date) => string;

/** The same sentence in both languages, each with its own way of writing instants. */
export const inBoth = (zone: string, say: (language: Language, at: Clock) => string): InBoth => ({
  en: say('en', tellerOf('en', zone).words.at),
  de: say('de', tellerOf('de', zone).words.at),
});

/** What a run that was tried shows: its way there, and at the end what is wrong. */
export function shown(
  { way, facts, events, messages }: Witness,
  zone: string,
  end: (language: Language, at: Clock) => string,
  more: Partial<FlowCounterexample> = {},
): FlowCounterexample {
  const [start] = way;
  return {
    way: way.map(({ step, took, at }) => ({ step, took, at: at.toISOString() })),
    facts: facts.map(({ field, value, from }) => ({
      field,
      value: value as string,
      from: from.toISOString(),
    })),
    events: events.map(({ type, at, payload }) => ({ type, at: at.toISOString(), payload: payload as Json })),
    messages: messages.map(({ step, at }) => ({ step, at: at.toISOString() })),
    variables: [],
    contradiction: [],
    ...more,
    sentences: inBoth(zone, (language, at) => {
      const says = words[language];
      const since = (moment: Date) => (start && moment > start.at ? ` ${says.from} ${at(moment)}` : '');
      const given = [
        ...facts
          .filter(({ value }) => !isFarOff(value, start?.at))
          .map(({ field, value, from }) => `${field} ${told(value, says.missing, at)}${since(from)}`),
        ...events.map(({ type, at: came, payload }) => {
          const holding = Object.keys(payload).length ? ` ${JSON.stringify(payload)}` : '';
          return `${type}${holding} ${says.on} ${at(came)}`;
        }),
      ];
      const enters = start ? says.enters(at(start.at)) : '';
      const so = given.length ? ` (${given.join(', ')})` : '';
      return `${enters}${so} ${says.takes} ${tellWay(way, language)}: ${end(language, at)}`;
    }),
  };
}

/** Dates that play no part are put years away; nobody wants to read of them. */
function isFarOff(value: unknown, start: Date | undefined): boolean {
  const at = toInstant(value);
  return at !== null && start !== undefined && at.getTime() - start.getTime() > 1_000 * 86_400_000;
}

function told(value: unknown, missing: string, at: Clock): string {
  if (value === null) return missing;
  const instant = toInstant(value);
  return `= ${instant ? at(instant) : JSON.stringify(value)}`;
}

const words = {
  en: {
    enters: (at: string) => `A contact who enters on ${at}`,
    takes: 'takes',
    from: 'from',
    on: 'on',
    missing: 'missing',
    branch: 'branch',
    arm: 'arm',
    otherwise: 'no branch',
    event: 'the event comes',
    timeout: 'nothing comes',
    answer: 'the workflow answers',
    failure: 'the workflow fails',
    and: 'and',
    or: 'or',
    not: 'not',
  },
  de: {
    enters: (at: string) => `Ein Kontakt, der am ${at} eintritt`,
    takes: 'nimmt den Weg',
    from: 'ab',
    on: 'am',
    missing: 'fehlt',
    branch: 'Zweig',
    arm: 'Arm',
    otherwise: 'kein Zweig',
    event: 'das Ereignis kommt',
    timeout: 'nichts kommt',
    answer: 'der Workflow antwortet',
    failure: 'der Workflow schlägt fehl',
    and: 'und',
    or: 'oder',
    not: 'nicht',
  },
} as const;

const longest = 14;

/** The steps of a way, with the way out wherever there is a choice. */
export function tellWay(way: readonly Turn[], language: Language): string {
  const says = words[language];
  const turns = way.map(({ step, took }) => {
    if (took === null) return step;
    const [kind = '', n] = took.split('.');
    const named =
      n === undefined
        ? says[kind as 'event']
        : `${kind === 'arms' ? says.arm : says.branch} ${Number(n) + 1}`;
    return `${step} (${named})`;
  });
  const cut = turns.length > longest ? [...turns.slice(0, 4), '…', ...turns.slice(4 - longest)] : turns;
  return cut.join(' → ');
}

const signs: Partial<Record<string, string>> = { eq: '=', neq: '≠', gt: '>', gte: '≥', lt: '<', lte: '≤' };

/** A condition as people write one. */
export function tellCondition(condition: Condition, language: Language): string {
  const says = words[language];
  if ('not' in condition) return `${says.not} (${tellCondition(condition.not, language)})`;
  if ('all' in condition || 'any' in condition) {
    const [parts, word] = 'all' in condition ? [condition.all, says.and] : [condition.any, says.or];
    return parts.length
      ? parts.map((part) => tellCondition(part, language)).join(` ${word} `)
      : JSON.stringify(condition);
  }
  const { field, op } = condition;
  return `${field} ${signs[op] ?? op}${'value' in condition ? ` ${JSON.stringify(condition.value)}` : ''}`;
}
