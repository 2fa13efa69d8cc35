import { FlowDefinition } from '@halyard/contracts/flows/definition';
import { OrganizationPolicy } from '@halyard/contracts/organizations/policy';
import { checkDefinition, errorsAmong } from '../check.js';
import type { Known } from '../known.js';
import { knownFor } from './known.js';

const trigger = { type: 'event', event: 'booking.created' };

export const findingsOf = (steps: unknown[], more: object = {}, known: Known | null = null) =>
  checkDefinition(FlowDefinition.parse({ name: 'Any', trigger, steps, ...more }), known);

/** What forbids to publish, a line for each: where and why. */
export const issuesOf = (...given: Parameters<typeof findingsOf>): string[] =>
  errorsAmong(findingsOf(...given)).map(({ path, message }) => `${path}: ${message}`);

export const template = (free_text: boolean) => ({ free_text, prints: [] });

/** An organization with these caps, whose template "hello" is free text on WhatsApp. */
export const capped = ({ caps = [], ...more }: Partial<Known> & { caps?: Known['policy']['caps'] }): Known =>
  knownFor({
    templates: new Map([
      [
        'hello',
        new Map([
          ['email' as const, template(false)],
          ['whatsapp' as const, template(true)],
        ]),
      ],
    ]),
    policy: OrganizationPolicy.parse({ caps }),
    ...more,
  });
