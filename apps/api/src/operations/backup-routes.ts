import { timingSafeEqual } from 'node:crypto';
import type { ProblemCode } from '@halyard/contracts/problems';
import { problems } from '@halyard/contracts/problems';
import { BackupFailure } from '@halyard/postgres/backup/archive';
import { PgBackupLog } from '@halyard/postgres/backup/backup-log';
import { BackupUnderWay } from '@halyard/postgres/backup/snapshot';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { OpenPlatform } from '../platform.js';
import { Backups } from './backups.js';

/**
 * /backups, for whoever keeps the installation running: a backup holds every organization, so it goes by a token of the
 * installation, and no API key opens it.
 */
export function serveBackups(fastify: FastifyInstance, { settings, app, log }: OpenPlatform): void {
  const { OPERATIONS_TOKEN: token, HALYARD_BACKUP_DIR: folder, HALYARD_BACKUPS_KEPT: kept } = settings;
  const records = new PgBackupLog(app.pool);
  const backups = folder
    ? new Backups({ databaseUrl: settings.DATABASE_URL, folder, kept }, records, log)
    : null;
  if (backups) fastify.addHook('onClose', () => backups.stop());

  const opened =
    (answer: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>) =>
    async (request: FastifyRequest, reply: FastifyReply) =>
      isBearer(request, token)
        ? answer(request, reply)
        : refuse(
            reply,
            'unauthenticated',
            'Send the OPERATIONS_TOKEN as Authorization: Bearer …; an API key does not open this.',
          );

  fastify.post(
    '/backups',
    opened(async (_request, reply) => {
      if (!backups)
        return refuse(
          reply,
          'invalid_state',
          'Set HALYARD_BACKUP_DIR to a folder that backups are to be written to, and restart.',
        );
      try {
        return reply.status(202).send(await backups.start());
      } catch (error) {
        if (error instanceof BackupUnderWay) return refuse(reply, 'conflict', error.message);
        if (error instanceof BackupFailure) return refuse(reply, 'unavailable', error.message);
        throw error;
      }
    }),
  );
  fastify.get(
    '/backups',
    opened(async (_request, reply) => reply.send({ items: await records.list() })),
  );
  fastify.get(
    '/backups/:id',
    opened(async (request, reply) => {
      const found = await records.find((request.params as { id: string }).id);
      return found ? reply.send(found) : refuse(reply, 'not_found', 'There is no such backup.');
    }),
  );
}

function isBearer(request: FastifyRequest, token: string | undefined): boolean {
  const given = Buffer.from(request.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return token !== undefined && given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** As the routes of the API say no (RFC 9457). */
export function refuse(reply: FastifyReply, code: ProblemCode, detail: string): FastifyReply {
  const { status, title } = problems[code];
  const body = { type: `/docs/problems#${code}`, title, status, detail, code };
  return reply.status(status).type('application/problem+json').send(JSON.stringify(body));
}
