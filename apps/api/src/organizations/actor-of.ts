import type { Actor } from '@halyard/core/actor';
import type { FastifyRequest } from 'fastify';
import type { UserPrincipal } from '../http/caller.js';

/** For the audit log, on routes that are not of one organization and therefore have no `Caller`. */
export const actorOf = (user: UserPrincipal, request: FastifyRequest): Actor => ({
  type: 'user',
  id: user.userId,
  name: user.email,
  requestId: request.id,
});
