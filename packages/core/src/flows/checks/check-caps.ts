import type { FlowFinding } from '@halyard/contracts/flows/check';
import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import { addDuration } from '../../time/arithmetic.js';
import type { Known } from '../known.js';
import type { Calendar } from './calendar.js';
import { roomyCalendar, startsOf, tightCalendars } from './calendar.js';
import type { Clock } from './counterexample.js';
import { shown } from './counterexample.js';
import type { Effort } from './effort.js';
import { enough } from './effort.js';
import type { Requirement } from './requirement.js';
import { satisfy } from './satisfy.js';
import type { TimedMessage, TimedPath } from './timed-paths.js';
import { timedPaths } from './timed-paths.js';
import type { Witness } from './witness.js';
import { witness } from './witness.js';

type Cap = Known['policy']['caps'][number];

const effortForTimes = 3_000;
const effortForDates = 4_000;
const mostMoments = 24;

/**
 * Whether any path plans more marketing than a cap allows. On every start that could bring messages close this is an
 * error; where it takes a date close to the start or an event that comes at once, a warning. Found by computing the
 * messages of all paths on calendars made for it, and reported only when the interpreter then plans just that.
 */
export function checkCaps(definition: FlowDefinition, known: Known): FlowFinding[] {
  if (
    !known.policy.caps.length ||
    !definition.steps.some((step) => step.type === 'message' && step.class === 'marketing')
  )
    return [];
  const search = new Search(definition, known);
  const effort: Effort = { steps: effortForTimes };
  const starts = startsOf(definition, known.timeZone);
  for (const start of starts) search.look(roomyCalendar(definition, known.timeZone, start), 'error', effort);
  effort.steps = effortForDates;
  for (const start of starts) {
    const roomy = roomyCalendar(definition, known.timeZone, start);
    for (const calendar of tightCalendars(definition, roomy, search.moments(roomy, effort)))
      search.look(calendar, 'warning', effort);
  }
  return search.found();
}

class Search {
  readonly #found = new Map<string, FlowFinding>();
  /** Windows that were tried and do not come about. */
  readonly #tried = new Set<string>();
  readonly #told = new Set<string>();
  readonly #effort = enough();
  readonly #since: Map<Cap, (at: Date) => Date>;

  constructor(
    private readonly definition: FlowDefinition,
    private readonly known: Known,
  ) {
    this.#since = new Map(known.policy.caps.map((cap) => [cap, sinceOf(cap, known.timeZone)]));
  }

  found(): FlowFinding[] {
    return [...this.#found.values()];
  }

  /** When messages that do not hang on a date are sent. */
  moments(calendar: Calendar, effort: Effort): Date[] {
    const free = timedPaths(this.definition, calendar, effort).flatMap(({ messages }) =>
      messages.flatMap(({ at, anchored }) => (anchored ? [] : at.getTime())),
    );
    return [...new Set(free)].slice(0, mostMoments).map((at) => new Date(at));
  }

  look(calendar: Calendar, severity: FlowFinding['severity'], effort: Effort): void {
    if (effort.steps <= 0 || this.#effort.steps < 0) return;
    const paths = timedPaths(this.definition, calendar, effort);
    for (const [cap, since] of this.#since)
      for (const path of paths) this.#lookAt(path, cap, since, calendar, severity);
  }

  #lookAt(
    path: TimedPath,
    cap: Cap,
    since: (at: Date) => Date,
    calendar: Calendar,
    severity: FlowFinding['severity'],
  ): void {
    const counted = path.messages.filter(
      ({ step }) => step.class === 'marketing' && (!cap.channel || step.channels[0] === cap.channel),
    );
    for (const [n, over] of counted.entries()) {
      if (n < cap.messages || this.#found.has(over.step.id)) continue;
      const from = since(over.at);
      let first = n;
      while (first > 0 && (counted[first - 1]?.at ?? from) > from) first--;
      if (n - first < cap.messages) continue;
      const before = counted.slice(first, n);
      const together = compatible(over, before, this.#effort).slice(-cap.messages);
      if (together.length === cap.messages) this.#report(path, cap, [...together, over], calendar, severity);
    }
  }

  /** Tells of it if the interpreter plans just these messages, unless they were told of before. */
  #report(
    path: TimedPath,
    cap: Cap,
    messages: TimedMessage[],
    calendar: Calendar,
    severity: FlowFinding['severity'],
  ): void {
    if (this.#effort.steps < 0) return;
    const steps = messages.map(({ step }) => step.id);
    const tried = JSON.stringify([cap, path.way, steps, severity]);
    // The same messages in another order are no news.
    const together = steps.toSorted().join();
    if (this.#tried.has(tried) || this.#told.has(together)) return;
    const seen = witness(this.definition, path.way, calendar, this.#effort);
    const sent = messages.map(({ step, at }) => ({ step: step.id, at }));
    if (!seen || !sent.every((one) => isPlanned(one, seen))) {
      this.#tried.add(tried);
      return;
    }
    this.#told.add(together);
    this.#tell(cap, { ...seen, messages: sent }, severity);
  }

  #tell(cap: Cap, seen: Witness, severity: FlowFinding['severity']): void {
    const id = seen.messages.at(-1)?.step ?? '';
    const allowed = `${cap.messages}${cap.channel ? ` on ${cap.channel}` : ''}`;
    const often = severity === 'error' ? '' : ' when dates or events come close';
    this.#found.set(id, {
      severity,
      rule: 'caps',
      path: `steps.${this.definition.steps.findIndex((step) => step.id === id)}`,
      message: `Step "${id}" is one marketing message too many${often}: the organization allows ${allowed} within ${cap.per}. Put more time before it.`,
      counterexample: shown(seen, this.known.timeZone, (language, at) =>
        tellTooMany(seen.messages, cap, language, at),
      ),
    });
  }
}

const isPlanned = ({ step, at }: Witness['messages'][number], { messages }: Witness): boolean =>
  messages.some((one) => one.step === step && one.at.getTime() === at.getTime());

function tellTooMany(sent: Witness['messages'], cap: Cap, language: 'en' | 'de', at: Clock): string {
  const on = language === 'en' ? 'on' : 'am';
  const list = sent.map((one) => `${one.step} ${on} ${at(one.at)}`).join(', ');
  return language === 'en'
    ? `${list} are ${sent.length} marketing messages within ${cap.per}, where ${cap.messages} may be sent.`
    : `${list} sind ${sent.length} Werbenachrichten innerhalb von ${cap.per}, erlaubt ${cap.messages === 1 ? 'ist' : 'sind'} ${cap.messages}.`;
}

/** From when on messages count at a moment, as release counts them; calendars are slow and moments repeat. */
function sinceOf({ per }: Cap, timeZone: string): (at: Date) => Date {
  const known = new Map<number, Date>();
  return (at) => {
    const since = known.get(at.getTime()) ?? addDuration(at, `-${per}`, timeZone);
    known.set(at.getTime(), since);
    return since;
  };
}

/** Those of the messages before that one contact can get together with this one, going by the steps' conditions. */
function compatible(over: TimedMessage, before: readonly TimedMessage[], effort: Effort): TimedMessage[] {
  const asked = ({ step }: TimedMessage): Requirement[] =>
    step.condition ? [{ condition: step.condition, holds: true, path: step.id }] : [];
  const chosen: TimedMessage[] = [];
  let required = asked(over);
  for (const message of before.toReversed()) {
    const more = [...required, ...asked(message)];
    if (more.length > required.length && typeof satisfy(more, over.at, effort) === 'string') continue;
    required = more;
    chosen.unshift(message);
  }
  return required.length && typeof satisfy(required, over.at, effort) === 'string' ? [] : chosen;
}
