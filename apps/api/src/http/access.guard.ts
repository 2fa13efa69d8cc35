import type { Route } from '@halyard/contracts/route';
import { roles } from '@halyard/contracts/route';
import { networkOf } from '@halyard/core/access/network-of';
import { userActor } from '@halyard/core/actor';
import { DomainError } from '@halyard/core/domain-error';
import { Backlog } from '@halyard/core/events/backlog';
import type { OrgId } from '@halyard/core/ids';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Authenticator, Caller, KeyPrincipal, Principal, UserPrincipal } from './caller.js';
import { AUTHENTICATOR } from './caller.js';
import type { AuthenticatedRequest } from './handle.js';
import { requestOf, routeOf } from './handle.js';
import { isFollowed } from './is-followed.js';
import { OwnOrigin } from './own-origin.js';
import { RequestLimits } from './request-limits.js';
import { WorkUnderWay } from './work-under-way.js';

const organizationHeader = 'x-organization-id';

/** Lets a request through only as its row of the route table allows. A handler without a row cannot be reached. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(AUTHENTICATOR) private readonly authenticator: Authenticator,
    @Inject(OwnOrigin) private readonly ownOrigin: OwnOrigin,
    @Inject(RequestLimits) private readonly limits: RequestLimits,
    @Inject(WorkUnderWay) private readonly work: WorkUnderWay,
    @Inject(Backlog) private readonly backlog: Backlog,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const route = routeOf(context);
    if (!route) return false;
    const request = requestOf(context);
    this.#refuseForgery(route, request);
    if (route.access === 'public') {
      // Providers and mail proxies report for many from few addresses; what a token proves is not limited by address.
      if (isSignIn(route)) this.limits.take(addressOf(request));
      return true;
    }
    const principal = await this.authenticator.authenticate(request.headers);
    this.limits.take(nameOf(principal, request));
    if (!principal)
      throw new DomainError(
        'unauthenticated',
        'Sign in (POST /auth/login), or send an API key in the header X-API-Key.',
      );
    request.principal = principal;
    if (route.access === 'signed_in') {
      if (principal.kind !== 'user')
        throw new DomainError('forbidden', 'This needs a person who is signed in, not an API key.');
      return true;
    }
    if (route.access === 'api_key' && principal.kind !== 'api_key')
      throw new DomainError('forbidden', 'This tells an API key about itself: send one in X-API-Key.');
    request.caller =
      principal.kind === 'user'
        ? await this.#asMember(route, principal, request)
        : this.#asKey(route, principal, request);
    this.#admit(route, request.caller.orgId, context);
    return true;
  }

  /** Whether there is room for more of this organization. */
  #admit(route: Route, orgId: OrgId, context: ExecutionContext): void {
    if (route.queues) this.backlog.check(orgId);
    if (isFollowed(route)) return;
    context.switchToHttp().getResponse<FastifyReply>().raw.once('close', this.work.enterFor(orgId));
  }

  /**
   * A page of another site makes the browser send our cookie along: whatever changes something and rests on the cookie
   * must come from a page of ours. Signing in has no cookie yet, but a foreign page could sign a person in as somebody
   * else.
   */
  #refuseForgery(route: Route, { headers }: AuthenticatedRequest): void {
    if (route.method === 'GET') return;
    const site = this.ownOrigin.siteOf(headers);
    const byCookie = headers.cookie !== undefined && !headers.authorization && !headers['x-api-key'];
    const refused =
      route.access === 'public' ? isSignIn(route) && site === 'foreign' : byCookie && site !== 'own';
    if (refused)
      throw new DomainError(
        'forbidden',
        'With the session cookie this takes a page of our own (Sec-Fetch-Site or Origin). Programs use a JWT or an API key.',
      );
  }

  async #asMember(route: Route, principal: UserPrincipal, request: AuthenticatedRequest): Promise<Caller> {
    const orgId = namedOrganization(request) ?? (await this.authenticator.defaultOrganization(principal));
    if (!orgId)
      throw new DomainError(
        'forbidden',
        `Say which organization you mean in the header ${organizationHeader}.`,
      );
    const role = await this.authenticator.roleOf(principal.userId, orgId);
    if (!role)
      throw new DomainError('not_found', 'There is no such organization, or you are not a member of it.');
    const needed = typeof route.access === 'object' ? route.access.role : 'owner';
    if (roles.indexOf(role) < roles.indexOf(needed))
      throw new DomainError('forbidden', `This needs the role ${needed}; yours is ${role}.`);
    return { orgId, principal, role, actor: userActor(principal.userId, principal.email, request.id) };
  }

  #asKey(route: Route, principal: KeyPrincipal, request: AuthenticatedRequest): Caller {
    const named = namedOrganization(request);
    if (named && named !== principal.orgId)
      throw new DomainError('not_found', 'There is no such organization, or this key is not of it.');
    if (route.access !== 'api_key') holdToScope(route, principal);
    const actor = {
      type: 'api_key' as const,
      id: principal.keyId,
      name: principal.name,
      requestId: request.id,
    };
    return { orgId: principal.orgId, principal, role: null, actor };
  }
}

function holdToScope({ access }: Route, { scopes }: KeyPrincipal): void {
  const scope = typeof access === 'object' ? access.scope : undefined;
  if (!scope) throw new DomainError('forbidden', 'This needs a person who is signed in, not an API key.');
  if (!scopes.includes(scope))
    throw new DomainError('forbidden', `This needs an API key with the scope ${scope}.`);
}

const isSignIn = ({ path }: Route): boolean => path.startsWith('/auth/');

const addressOf = ({ ip }: AuthenticatedRequest): string => `address ${networkOf(ip)}`;

const nameOf = (principal: Principal | null, request: AuthenticatedRequest): string => {
  if (!principal) return addressOf(request);
  return principal.kind === 'user' ? `user ${principal.userId}` : `key ${principal.keyId}`;
};

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function namedOrganization(request: AuthenticatedRequest): OrgId | null {
  const value = request.headers[organizationHeader];
  if (value === undefined) return null;
  if (typeof value !== 'string' || !uuid.test(value))
    throw new DomainError('not_found', `The header ${organizationHeader} takes the id of an organization.`);
  return value.toLowerCase() as OrgId;
}
