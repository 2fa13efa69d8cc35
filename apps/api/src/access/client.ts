import type { FastifyRequest } from 'fastify';
import { clientAddressHeader } from './auth.js';

/** Whoever is at the other end of a request, before we know who it is. */
export interface Client {
  address: string;
  userAgent: string;
  cookie: string | undefined;
  requestId: string;
}

export const clientOf = (request: FastifyRequest): Client => ({
  address: request.ip,
  userAgent: request.headers['user-agent'] ?? '',
  cookie: request.headers.cookie,
  requestId: request.id,
});

/** What better-auth may see of a request: never its own headers as they came, so that nothing in them is believed. */
export const headersFor = (
  client: Client,
  proof: { cookie?: string; authorization?: string } = {},
): Headers =>
  new Headers({ ...proof, 'user-agent': client.userAgent, [clientAddressHeader]: client.address });
