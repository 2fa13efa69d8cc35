import { Locale } from '@halyard/contracts/primitives';
import type { FastifyRequest } from 'fastify';
import { acceptedLanguages } from '../tracking/page-words.js';
import { clientAddressHeader } from './auth.js';

/** Whoever is at the other end of a request, before we know who it is. */
export interface Client {
  address: string;
  userAgent: string;
  cookie: string | undefined;
  /** As the browser names them, the preferred one first. */
  languages: string[];
  requestId: string;
}

export const clientOf = (request: FastifyRequest): Client => ({
  address: request.ip,
  userAgent: request.headers['user-agent'] ?? '',
  cookie: request.headers.cookie,
  languages: acceptedLanguages(request.headers['accept-language']),
  requestId: request.id,
});

/** The language that a person's mails are written in; unknown for programs, which name none. */
export const localeOf = ({ languages }: Client): string | undefined =>
  languages.find((language) => Locale.safeParse(language).success);

/** What better-auth may see of a request: never its own headers as they came, so that nothing in them is believed. */
export const headersFor = (
  client: Client,
  proof: { cookie?: string; authorization?: string } = {},
): Headers =>
  new Headers({ ...proof, 'user-agent': client.userAgent, [clientAddressHeader]: client.address });
