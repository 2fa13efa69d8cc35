import type { Access, Role, Scope } from '@halyard/contracts/route';
import { roles } from '@halyard/contracts/route';
import type { Actor } from '@halyard/core/actor';
import type { OrgId, SessionId, UserId } from '@halyard/core/ids';

export interface UserPrincipal {
  kind: 'user';
  userId: UserId;
  sessionId: SessionId;
  email: string;
  name: string;
}

export interface KeyPrincipal {
  kind: 'api_key';
  keyId: string;
  name: string;
  orgId: OrgId;
  scopes: readonly Scope[];
}

/** Who is calling, as far as they have proved it. */
export type Principal = UserPrincipal | KeyPrincipal;

/** A principal who may use this route in this organization: what handlers of organization routes get. */
export interface Caller {
  orgId: OrgId;
  principal: Principal;
  role: Role | null;
  /** For the audit log. */
  actor: Actor;
}

/** Whether this caller might call a route of their organization with this access as well. */
export function mayCall({ principal, role }: Caller, access: Access): boolean {
  if (access === 'api_key') return principal.kind === 'api_key';
  if (typeof access === 'string') return true;
  if (principal.kind === 'api_key') return !!access.scope && principal.scopes.includes(access.scope);
  return role !== null && roles.indexOf(role) >= roles.indexOf(access.role);
}

export type RequestHeaders = Record<string, string | string[] | undefined>;

/** Finds out who calls; access/ implements it with better-auth. */
export interface Authenticator {
  /** From the session cookie, a JWT or an API key; null when there is none or it is not valid. */
  authenticate(headers: RequestHeaders): Promise<Principal | null>;
  /** The member's role; null when they are no member. */
  roleOf(userId: UserId, orgId: OrgId): Promise<Role | null>;
  /** The organization that a user works in when the request names none: their active one, or their only one. */
  defaultOrganization(user: UserPrincipal): Promise<OrgId | null>;
}

export const AUTHENTICATOR = Symbol('authenticator');
