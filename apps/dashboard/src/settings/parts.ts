import {
  ArrowDownToLine,
  BadgeCheck,
  BellOff,
  Cable,
  CircleUser,
  Clock,
  Database,
  KeyRound,
  ListChecks,
  ScrollText,
  Users,
  Webhook,
} from 'lucide-react';

/** The parts of the settings as they are shown: what decides about sending, what the organization shares, and oneself. */
export const groups = [
  { name: 'sendingGroup', parts: ['connections', 'domains', 'sending', 'topics', 'suppressions'] },
  {
    name: 'organizationGroup',
    parts: ['members', 'apiKeys', 'webhooks', 'inboundHooks', 'sources', 'audit'],
  },
  { name: 'youGroup', parts: ['profile'] },
] as const;

export type Part = (typeof groups)[number]['parts'][number];

export const icons = {
  connections: Cable,
  domains: BadgeCheck,
  sending: Clock,
  topics: ListChecks,
  suppressions: BellOff,
  members: Users,
  apiKeys: KeyRound,
  webhooks: Webhook,
  inboundHooks: ArrowDownToLine,
  sources: Database,
  audit: ScrollText,
  profile: CircleUser,
} as const satisfies Record<Part, unknown>;

/** The least role that may read a part; what is not named everybody may. */
export const readers = {
  members: 'admin',
  apiKeys: 'admin',
  webhooks: 'editor',
  inboundHooks: 'admin',
  audit: 'admin',
} as const;

export const addressOf = (part: Part): string =>
  `/settings/${part.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
