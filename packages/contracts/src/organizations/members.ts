import { z } from 'zod';
import { Role } from '../access/account.js';
import { IdParams, Instant } from '../primitives.js';
import { noContent, route } from '../route.js';

/** A user in the organization; `id` is the user's. */
export const Member = z
  .object({ id: z.uuid(), email: z.string(), name: z.string(), role: Role, joined_at: Instant })
  .meta({ id: 'Member' });
export type Member = z.output<typeof Member>;

export const InvitationInput = z
  .strictObject({ email: z.email().max(254), role: Role })
  .meta({ id: 'InvitationInput' });
export type InvitationInput = z.output<typeof InvitationInput>;

export const Invitation = z
  .object({
    id: z.uuid(),
    email: z.string(),
    role: Role,
    organization: z.object({ id: z.uuid(), name: z.string() }),
    invited_by: z.string().nullable(),
    created_at: Instant,
    expires_at: Instant,
  })
  .meta({ id: 'Invitation' });
export type Invitation = z.output<typeof Invitation>;

export const InvitationMade = Invitation.extend({
  link: z
    .url()
    .nullable()
    .describe('Only where the server has no mail server: pass it on to them. Null when it went out by mail.'),
}).meta({ id: 'InvitationMade' });
export type InvitationMade = z.output<typeof InvitationMade>;

const joined = z.object({ organization_id: z.uuid(), role: Role });
const list = z.object({ items: z.array(Invitation) });
const tag = 'Members';

export const memberRoutes = {
  list: route({
    id: 'listUsers',
    method: 'GET',
    path: '/users',
    tag,
    summary: 'List the members of the organization',
    access: { role: 'admin' },
    response: z.object({ items: z.array(Member) }),
  }),
  changeRole: route({
    id: 'changeMemberRole',
    method: 'PATCH',
    path: '/users/:id',
    tag,
    summary: "Change a member's role",
    description: 'Only owners make owners or change them. The last owner stays one.',
    access: { role: 'admin' },
    params: IdParams,
    body: z.strictObject({ role: Role }),
    response: Member,
    errors: ['invalid_state'],
  }),
  remove: route({
    id: 'removeMember',
    method: 'DELETE',
    path: '/users/:id',
    tag,
    summary: 'Remove a member from the organization',
    access: { role: 'admin' },
    params: IdParams,
    response: noContent,
    status: 204,
    errors: ['invalid_state'],
  }),
  leave: route({
    id: 'leaveOrganization',
    method: 'POST',
    path: '/organization/leave',
    tag,
    summary: 'Leave the organization; the last owner cannot',
    access: { role: 'viewer' },
    response: noContent,
    status: 204,
    errors: ['invalid_state'],
  }),
  invite: route({
    id: 'inviteMember',
    method: 'POST',
    path: '/invitations',
    tag,
    summary: 'Invite somebody by mail',
    description: 'An open invitation to the same address is replaced. Only owners invite owners.',
    access: { role: 'admin' },
    body: InvitationInput,
    response: InvitationMade,
    status: 201,
    errors: ['conflict', 'rate_limited'],
  }),
  listInvitations: route({
    id: 'listInvitations',
    method: 'GET',
    path: '/invitations',
    tag,
    summary: 'List the open invitations of the organization',
    access: { role: 'admin' },
    response: list,
  }),
  cancelInvitation: route({
    id: 'cancelInvitation',
    method: 'DELETE',
    path: '/invitations/:id',
    tag,
    summary: 'Cancel an invitation',
    access: { role: 'admin' },
    params: IdParams,
    response: noContent,
    status: 204,
  }),
  listMyInvitations: route({
    id: 'listMyInvitations',
    method: 'GET',
    path: '/users/me/invitations',
    tag,
    summary: 'List the open invitations to your verified address',
    access: 'signed_in',
    response: list,
  }),
  acceptInvitation: route({
    id: 'acceptInvitation',
    method: 'POST',
    path: '/invitations/:id/accept',
    tag,
    summary: 'Accept an invitation to your verified address',
    access: 'signed_in',
    params: IdParams,
    response: joined,
  }),
  acceptInvitationByToken: route({
    id: 'acceptInvitationByToken',
    method: 'POST',
    path: '/invitations/accept',
    tag,
    summary: 'Accept an invitation with the token from its mail, which also verifies your address',
    access: 'signed_in',
    body: z.strictObject({ token: z.string().min(1).max(1000) }),
    response: joined,
    errors: ['rate_limited'],
  }),
};
