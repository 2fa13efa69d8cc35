import type { FlowDefinition, MessageStep } from '@halyard/contracts/flows/definition';
import type { Channel } from '@halyard/contracts/primitives';
import { variableTrees } from '../../templates/variables.js';
import { isThere } from './explore.js';
import type { Filled, SubjectAtEntry } from './subject-at-entry.js';
import { brought, subjectFilled } from './subject-at-entry.js';

/** The facts behind the names that templates use without a path; any one of them is enough. */
const aliases: Readonly<Record<string, readonly string[]>> = {
  firstName: ['contact.first_name'],
  lastName: ['contact.last_name'],
  eventName: ['product.name'],
  eventDate: ['subject.starts_at', 'product.starts_at'],
  eventTime: ['subject.starts_at', 'product.starts_at'],
  eventLocation: ['product.location'],
  organizationName: ['organization.name'],
};

/** The facts that fill a variable. */
export const factsBehind = (variable: string): readonly string[] =>
  (Object.hasOwn(aliases, variable) ? aliases[variable] : undefined) ?? [variable];

/** What every row of these has. */
const everywhere: Readonly<Record<string, readonly string[]>> = {
  contact: ['id', 'attributes', 'identities', 'created_at', 'updated_at'],
  product: ['id', 'name', 'kind', 'attributes', 'location', 'organizer', 'created_at', 'updated_at'],
  event: ['id', 'type', 'payload', 'occurred_at'],
  organization: ['id', 'name', 'time_zone', 'locale'],
};

/** Where a message step stands: what its flow brings there. */
export interface Place {
  definition: FlowDefinition;
  step: MessageStep;
  channel: Channel;
  /** Facts that are there on the way to it. */
  given: ReadonlySet<string>;
  entry: SubjectAtEntry;
}

/** Made for each recipient at rendering. */
const signed: ReadonlySet<string> = new Set(['unsubscribeUrl', 'telegramStart']);

/** Whether a variable is filled on this way to a step. */
export function filled(variable: string, place: Place): Filled {
  const [root = ''] = variable.split('.');
  if (signed.has(variable) || Object.hasOwn(place.step.variables ?? {}, root)) return 'always';
  const answers = factsBehind(variable).map((fact) => factFilled(fact, place));
  if (answers.includes('always')) return 'always';
  return answers.includes('for_some') ? 'for_some' : 'never';
}

function factFilled(fact: string, { definition, step, channel, given, entry }: Place): Filled {
  const [root = '', name = ''] = fact.split('.');
  if (!(variableTrees as readonly string[]).includes(root)) return 'never';
  if (isGiven(fact, given) || proven(fact, step)) return 'always';
  const isFixed = fact.split('.').length === 2 && everywhere[root]?.includes(name);
  switch (root) {
    case 'steps':
      return stepFilled(definition, fact);
    case 'contact':
      return isFixed || name === channel ? 'always' : 'for_some';
    case 'organization':
      return isFixed ? 'always' : 'for_some';
    case 'event':
      return eventFilled(definition, isFixed ?? false, name);
    case 'subject':
      return subjectFilled(fact.slice('subject.'.length), entry, given);
    default: {
      const booking = brought(entry, 'booking', given);
      if (booking !== 'always') return booking;
      // A booking may be of no product.
      return isFixed && [...given].some((known) => known.startsWith('product.')) ? 'always' : 'for_some';
    }
  }
}

/** A message has all its facts; what a workflow answers is up to it. */
function stepFilled({ steps }: FlowDefinition, fact: string): Filled {
  const [, name = '', field] = fact.split('.');
  const step = steps.find(({ id }) => id === name);
  if (step?.type === 'n8n_workflow') return field === 'outcome' && step.wait ? 'always' : 'for_some';
  return step?.type === 'message' ? 'always' : 'never';
}

const isGiven = (fact: string, given: ReadonlySet<string>): boolean =>
  given.has(fact) || [...given].some((known) => known.startsWith(`${fact}.`));

/** The message's own condition asks for it. */
const proven = (fact: string, { condition }: MessageStep): boolean =>
  condition !== undefined && isThere(fact, [{ condition, holds: true, path: 'condition' }]);

function eventFilled({ trigger }: FlowDefinition, isFixed: boolean, name: string): Filled {
  if (trigger.type === 'schedule') return 'never';
  if (isFixed) return 'always';
  return trigger.type === 'event' && name === 'payload' ? 'for_some' : 'never';
}
