import { templateVariables } from '../templates/variables.js';
import type { Candidate } from './candidate.js';
import type { Route } from './release.js';
import type { RenderInput } from './renderer.js';

/** What the renderer needs to make this message for this route. */
export function renderInput(candidate: Candidate, route: Route): RenderInput {
  const { message, contact, organization, facts, templates } = candidate;
  const { policy, name, postalAddress, website } = organization;
  const shown = message.template && 'id' in message.template ? message.template.shown : undefined;
  return {
    orgId: message.orgId,
    messageId: message.id,
    contactId: message.contactId,
    class: shown?.class ?? message.class,
    topic: message.topic,
    channel: route.channel,
    template: message.content ? null : (templates[route.channel] ?? null),
    content: message.content,
    locales: localesOf(shown?.locale ?? contact?.locale ?? null, organization.locale),
    timeZone: contact?.timeZone ?? message.timeZone ?? organization.timeZone,
    variables: templateVariables(facts, message.variables),
    to: { address: route.address, ...nameOf(candidate) },
    sender: route.connection.settings,
    organization: { name, postalAddress, website },
    tracking: policy.tracking,
  };
}

const localesOf = (own: string | null, organizations: string): string[] => {
  const tags = own ? [own, own.split('-')[0] ?? own, organizations] : [organizations];
  return [...new Set(tags)];
};

function nameOf({ message, contact }: Candidate): { name?: string } {
  const name =
    message.target?.name ?? [contact?.firstName, contact?.lastName].filter((part) => part).join(' ');
  return name ? { name } : {};
}
