import { z } from 'zod';
import { Membership } from '../access/account.js';
import { IdParams, Instant, Locale, TimeZone } from '../primitives.js';
import { noContent, route } from '../route.js';
import { OrganizationLook } from './look.js';
import { OrganizationPolicy } from './policy.js';

const settings = {
  name: z.string().min(1).max(200),
  time_zone: TimeZone,
  locale: Locale,
  /** ISO 3166-1 alpha-2; phone numbers without a country code are read as of this country. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'Use a country code of two capitals, such as DE.')
    .nullable(),
  /** Goes into the footer of marketing mail, where the law asks for it. */
  postal_address: z.string().max(500).nullable(),
  website: z.url().nullable(),
};

export const OrganizationInput = z
  .strictObject({ name: settings.name, time_zone: TimeZone.optional(), locale: Locale.optional() })
  .meta({ id: 'OrganizationInput' });
export type OrganizationInput = z.output<typeof OrganizationInput>;

export const OrganizationPatch = z.strictObject(settings).partial().meta({ id: 'OrganizationPatch' });
export type OrganizationPatch = z.output<typeof OrganizationPatch>;

export const Organization = z
  .object({ id: z.uuid(), ...settings, created_at: Instant, updated_at: Instant })
  .meta({ id: 'Organization' });
export type Organization = z.output<typeof Organization>;

const tag = 'Organization';

export const organizationRoutes = {
  create: route({
    id: 'createOrganization',
    method: 'POST',
    path: '/organizations',
    tag,
    summary: 'Create an organization; you become its owner',
    access: 'signed_in',
    body: OrganizationInput,
    response: Organization,
    status: 201,
  }),
  listMine: route({
    id: 'listMyOrganizations',
    method: 'GET',
    path: '/organizations',
    tag,
    summary: 'List the organizations that you belong to',
    access: 'signed_in',
    response: z.object({ items: z.array(Membership) }),
  }),
  activate: route({
    id: 'activateOrganization',
    method: 'POST',
    path: '/organizations/:id/activate',
    tag,
    summary: 'Work in this organization when a request of this session names none',
    access: 'signed_in',
    params: IdParams,
    response: noContent,
    status: 204,
  }),
  read: route({
    id: 'readOrganization',
    method: 'GET',
    path: '/organization',
    tag,
    summary: "Read the organization's settings",
    access: { role: 'viewer', scope: 'organization:read' },
    response: Organization,
  }),
  update: route({
    id: 'updateOrganization',
    method: 'PATCH',
    path: '/organization',
    tag,
    summary: "Change the organization's settings",
    access: { role: 'admin', scope: 'organization:write' },
    body: OrganizationPatch,
    response: Organization,
  }),
  readPolicy: route({
    id: 'readPolicy',
    method: 'GET',
    path: '/organization/policy',
    tag,
    summary: 'Read the rules for sending: quiet hours, windows, caps, rates',
    access: { role: 'viewer', scope: 'organization:read' },
    response: OrganizationPolicy,
  }),
  replacePolicy: route({
    id: 'replacePolicy',
    method: 'PUT',
    path: '/organization/policy',
    tag,
    summary: 'Replace the rules for sending; what is left out takes its default',
    access: { role: 'admin', scope: 'organization:write' },
    body: OrganizationPolicy,
    response: OrganizationPolicy,
  }),
  readLook: route({
    id: 'readLook',
    method: 'GET',
    path: '/organization/look',
    tag,
    summary: 'Read how the pages for recipients look: colour and logo',
    access: { role: 'viewer', scope: 'organization:read' },
    response: OrganizationLook,
  }),
  replaceLook: route({
    id: 'replaceLook',
    method: 'PUT',
    path: '/organization/look',
    tag,
    summary: 'Replace how the pages for recipients look',
    access: { role: 'admin', scope: 'organization:write' },
    body: OrganizationLook,
    response: OrganizationLook,
  }),
};
