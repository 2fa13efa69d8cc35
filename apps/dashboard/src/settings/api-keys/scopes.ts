import type { Schema } from '@halyard/client/client';

export type Scope = Schema<'ApiKey'>['scopes'][number];
type Area = Scope extends infer S ? (S extends `${infer A}:${string}` ? A : never) : never;

/** What a key may be allowed, by area, as its form shows it; a test holds it against the contract. */
export const scopesByArea: readonly (readonly [area: Area, scopes: readonly Scope[]])[] = [
  ['contacts', ['contacts:read', 'contacts:write']],
  ['events', ['events:read', 'events:write']],
  ['bookings', ['bookings:read', 'bookings:write']],
  ['academy', ['academy:read', 'academy:write']],
  ['outreach', ['outreach:read', 'outreach:write']],
  ['messages', ['messages:read', 'messages:write']],
  ['campaigns', ['campaigns:read', 'campaigns:write']],
  ['flows', ['flows:read', 'flows:write']],
  ['templates', ['templates:read', 'templates:write']],
  ['connections', ['connections:read', 'connections:write']],
  ['alerts', ['alerts:read', 'alerts:write']],
  ['webhooks', ['webhooks:read', 'webhooks:write']],
  ['organization', ['organization:read', 'organization:write']],
];
