import type { Comparison, Condition } from '@halyard/contracts/conditions';
import type {
  ExplainedChange,
  ExplainedCondition,
  ExplainedFinding,
  ExplainedFlip,
  ExplainLocale,
  FlipOutcome,
} from '@halyard/contracts/explain/parts';
import { explain } from '../conditions/evaluate.js';
import type { FactsThen } from './facts-then.js';
import { de } from './sentences/de.js';
import { en } from './sentences/en.js';
import type { Sentences, Words } from './sentences/sentences.js';
import type { SmallestChange } from './smallest-change.js';
import { wordsOf } from './words.js';

/** What explanations are told with: the sentences of a language, and how it writes instants and values. */
export interface Teller {
  locale: ExplainLocale;
  says: Sentences;
  words: Words;
}

/** @param zone whose clock instants are told by. */
export function tellerOf(locale: ExplainLocale, zone: string): Teller {
  const says = { en, de }[locale];
  return { locale, says, words: wordsOf(locale, zone, says) };
}

/** The language that is asked for: by name, else the first of Accept-Language that there is, else English. */
export function localeFor(asked: ExplainLocale | undefined, accepted: string | undefined): ExplainLocale {
  if (asked) return asked;
  const wanted = (accepted ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...rest] = part.trim().toLowerCase().split(';');
      const weight = rest.map((one) => /^\s*q=([\d.]+)$/.exec(one)?.[1]).find((one) => one !== undefined);
      return { language: tag.split('-')[0], weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return wanted.find(({ language }) => language === 'de' || language === 'en')?.language === 'de'
    ? 'de'
    : 'en';
}

/** A condition with what settled it, for these facts at that moment. */
export function tellCondition(
  path: string,
  condition: Condition,
  { facts, at, asOf }: FactsThen,
  teller: Teller,
): ExplainedCondition {
  const { holds, because } = explain(condition, facts, at);
  return {
    path,
    condition,
    holds,
    because: because.map((finding): ExplainedFinding => {
      const { comparison, fact } = finding;
      const known = asOf(comparison.field);
      return {
        field: comparison.field,
        op: comparison.op,
        ...('value' in comparison && { value: comparison.value }),
        fact: fact as ExplainedFinding['fact'],
        holds: finding.holds,
        as_of: known === 'now' ? 'now' : at.toISOString(),
        sentence: tellFinding(comparison, fact, finding.holds, known, teller),
      };
    }),
  };
}

function tellFinding(
  comparison: Comparison,
  fact: unknown,
  holds: boolean,
  known: 'then' | 'now',
  { says, words }: Teller,
): string {
  const value = 'value' in comparison ? words.value(comparison.value) : '';
  const told = says.comparisons[comparison.op](comparison.field, value, words.value(fact));
  const caveat = known === 'now' ? ` (${says.phrases.asOfNow})` : '';
  return `${told}${caveat}, ${holds ? says.holds.yes : says.holds.no}.`;
}

/** What would flip a verdict, with its sentence, which says so of facts that are only known as they are now. */
export function tellFlip(
  found: SmallestChange | null,
  outcome: FlipOutcome,
  teller: Teller,
  { asOf }: Pick<FactsThen, 'asOf'>,
): ExplainedFlip | null {
  if (!found) return null;
  const changes = found.changes.map(
    ({ field, from, to }) => ({ kind: 'fact', field, from, to }) as ExplainedChange,
  );
  return tellChanges(changes, found.tried, outcome, teller, asOf);
}

export function tellChanges(
  changes: ExplainedChange[],
  tried: number,
  outcome: FlipOutcome,
  { says, words }: Teller,
  asOf: FactsThen['asOf'] = () => 'then',
): ExplainedFlip {
  const told = changes.map((change) => {
    const fact = change.kind === 'fact' ? change : { field: '', from: null, to: null };
    const told = says.changes[change.kind]({
      field: fact.field,
      from: words.value(fact.from),
      to: words.value(fact.to),
    });
    return change.kind === 'fact' && asOf(fact.field) === 'now' ? `${told} (${says.phrases.asOfNow})` : told;
  });
  const sentence = says.phrases.wouldFlip(told.join(says.phrases.and), says.outcomes[outcome]);
  return { changes, outcome, tried, sentence };
}
