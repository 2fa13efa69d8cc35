import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { OrganizationPolicy } from '@halyard/contracts/organizations/policy';
import type { Channel } from '@halyard/contracts/primitives';
import type { CompiledTemplate } from '../templates/compiled.js';
import { barePrints } from '../templates/uses.js';

/** A template that definitions may name, as it is written for one channel. */
export interface KnownTemplate {
  /** Some of it is no template that WhatsApp approved. */
  free_text: boolean;
  /** The variables that it prints as they are (templates/uses.ts). */
  prints: readonly string[];
}

/** What the organization has and allows, as far as definitions are checked against it. */
export interface Known {
  /** By key, for each channel that it is written for. */
  templates: ReadonlyMap<string, ReadonlyMap<Channel, KnownTemplate>>;
  /** Keys and ids of all flows. */
  flows: ReadonlySet<string>;
  /** Key of the flow being checked. */
  self: string;
  /** Those that an active connection serves. */
  channels: ReadonlySet<Channel>;
  /** Names and ids of connections to n8n. */
  workflowConnections: ReadonlySet<string>;
  policy: OrganizationPolicy;
  timeZone: string;
}

/** What checks must know of a template, from what is stored of it. */
export const knownTemplate = (compiled: CompiledTemplate): KnownTemplate => ({
  free_text: Object.values(compiled.locales).some(({ kind }) => kind === 'text'),
  prints: barePrints(compiled),
});

/** Keys of the templates that a definition names. */
export const templatesNamedIn = ({ steps }: FlowDefinition): string[] => {
  const named = steps.flatMap((step) => {
    if (step.type !== 'message') return [];
    return typeof step.template === 'string' ? step.template : Object.values(step.template);
  });
  return [...new Set(named)];
};
