import { z } from 'zod';
import { IdParams, PageQuery, pageOf } from '../primitives.js';
import { noContent, route } from '../route.js';
import {
  OutreachSource,
  OutreachSourceInput,
  OutreachSourceLook,
  OutreachSourceLookInput,
  OutreachSourcePatch,
  OutreachSourceTest,
} from './source.js';

const tag = 'Outreach';
const reads = { role: 'viewer', scope: 'outreach:read' } as const;
// A source has our server log in to a database, as a connection has it call a provider: the same right is asked for.
const administers = { role: 'admin', scope: 'connections:write' } as const;

export const outreachSourceRoutes = {
  list: route({
    id: 'listOutreachSources',
    method: 'GET',
    path: '/outreach/sources',
    tag,
    summary: 'List the tables of other services that outreach items are read from',
    access: reads,
    query: PageQuery,
    response: pageOf(OutreachSource),
  }),
  create: route({
    id: 'createOutreachSource',
    method: 'POST',
    path: '/outreach/sources',
    tag,
    summary: 'Read outreach items from a PostgreSQL table of another service',
    description:
      'Rows whose status is `pending` are taken under a lock and get the status accepted or rejected; later the status of their message, with times and errors, is written back. The table is tried first.',
    access: administers,
    body: OutreachSourceInput,
    response: OutreachSource,
    status: 201,
    errors: ['conflict', 'connection_failed'],
  }),
  read: route({
    id: 'readOutreachSource',
    method: 'GET',
    path: '/outreach/sources/:id',
    tag,
    summary: 'Read a source, and how its last poll went',
    access: reads,
    params: IdParams,
    response: OutreachSource,
  }),
  update: route({
    id: 'updateOutreachSource',
    method: 'PATCH',
    path: '/outreach/sources/:id',
    tag,
    summary: 'Change, pause or resume a source',
    access: administers,
    params: IdParams,
    body: OutreachSourcePatch,
    response: OutreachSource,
    errors: ['conflict', 'connection_failed'],
  }),
  remove: route({
    id: 'deleteOutreachSource',
    method: 'DELETE',
    path: '/outreach/sources/:id',
    tag,
    summary: 'Read a table no more; nothing is written back to it either',
    access: administers,
    params: IdParams,
    response: noContent,
    status: 204,
  }),
  look: route({
    id: 'lookAtOutreachSource',
    method: 'POST',
    path: '/outreach/sources/look',
    tag,
    summary: 'Look at a table before it is saved: its columns, and three of its rows',
    description:
      'With `columns` and `write_back` also how many rows wait, and what the first of them would become. Nothing is changed.',
    access: administers,
    body: OutreachSourceLookInput,
    response: OutreachSourceLook,
  }),
  test: route({
    id: 'testOutreachSource',
    method: 'POST',
    path: '/outreach/sources/:id/test',
    tag,
    summary: 'Try whether the table can be read and written',
    access: administers,
    params: IdParams,
    response: OutreachSourceTest,
  }),
  poll: route({
    id: 'pollOutreachSource',
    method: 'POST',
    path: '/outreach/sources/:id/poll',
    tag,
    summary: 'Read it now',
    access: administers,
    params: IdParams,
    response: z.object({ queued: z.boolean() }),
    status: 202,
  }),
};
