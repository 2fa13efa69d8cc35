import type { Condition } from '@halyard/contracts/conditions';
import { Channel } from '@halyard/contracts/primitives';
import { evaluate } from '../conditions/evaluate.js';
import type { ConsentLine } from '../contacts/consent.js';
import { consentFor } from '../contacts/consent.js';
import type { Issue } from '../domain-error.js';
import { fieldsOf } from '../flows/conditions-of.js';
import type { Facts } from '../flows/run.js';

/** A consent that an audience asks for: `contact.consents.email.news`; `all` stands for what was said of every topic. */
export interface ConsentField {
  channel: Channel;
  topic: string;
}

const prefix = 'contact.consents.';

/** What an audience asks of that no contact has: there is no subject, event or step when a campaign starts. */
export function audienceIssues(audience: Condition, path: string): Issue[] {
  return [...new Set(fieldsOf(audience))].flatMap((field): Issue[] => {
    const [tree] = field.split('.', 1);
    if (field.startsWith(prefix) && !consentIn(field))
      return [{ path, message: `${field}: name a channel and a topic, as in contact.consents.email.news.` }];
    if (tree === 'contact' || tree === 'organization') return [];
    return [{ path, message: `${field}: an audience asks for facts of contact or organization.` }];
  });
}

export const consentsIn = (audience: Condition): ConsentField[] =>
  [...new Set(fieldsOf(audience))].flatMap((field) => consentIn(field) ?? []);

function consentIn(field: string): ConsentField | null {
  if (!field.startsWith(prefix)) return null;
  const [name = '', topic, ...more] = field.slice(prefix.length).split('.');
  const channel = Channel.safeParse(name);
  return channel.success && topic && more.length === 0 ? { channel: channel.data, topic } : null;
}

/** Whether a contact is meant. `lines`: what they said about consent; needed only when the audience asks for it. */
export function isMeant(
  audience: Condition,
  asked: readonly ConsentField[],
  facts: Facts,
  lines: readonly ConsentLine[],
  now: Date,
): boolean {
  if (asked.length === 0) return evaluate(audience, facts, now);
  const consents: Record<string, Record<string, string | null>> = {};
  for (const { channel, topic } of asked) {
    const { state } = consentFor(lines, channel, topic === 'all' ? '*' : topic);
    consents[channel] = { ...consents[channel], [topic]: state === 'none' ? null : state };
  }
  const contact = { ...(facts.contact as Record<string, unknown> | null), consents };
  return evaluate(audience, { ...facts, contact }, now);
}
