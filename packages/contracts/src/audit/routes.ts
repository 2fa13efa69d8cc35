import { z } from 'zod';
import { Instant, PageQuery, pageOf } from '../primitives.js';
import { route } from '../route.js';

export const AuditRecord = z
  .object({
    seq: z.number().int(),
    at: Instant,
    actor: z.object({
      type: z.enum(['user', 'api_key', 'automation', 'provider', 'contact']),
      id: z.string().nullable(),
      name: z.string().nullable(),
    }),
    action: z.string(),
    target: z.object({ type: z.string(), id: z.string() }).nullable(),
    changes: z.record(z.string(), z.unknown()),
    request_id: z.string().nullable(),
    /** SHA-256 over this record and the hash of the one before, in hexadecimal. */
    hash: z.string(),
  })
  .meta({ id: 'AuditRecord' });
export type AuditRecord = z.output<typeof AuditRecord>;

export const AuditQuery = PageQuery.extend({
  action: z.string().max(100).optional(),
  actor_id: z.string().max(100).optional(),
  target_type: z.string().max(100).optional(),
  target_id: z.string().max(200).optional(),
});
export type AuditQuery = z.output<typeof AuditQuery>;

/** `broken_at`: the first record that is not as it was written, or that misses the one before it. */
export const AuditVerification = z
  .object({
    intact: z.boolean(),
    checked: z.number().int(),
    /** Hash of the newest record: kept elsewhere, it shows later whether records were cut off. */
    head: z.string().nullable(),
    broken_at: z.number().int().nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'AuditVerification' });
export type AuditVerification = z.output<typeof AuditVerification>;

const tag = 'Audit log';

export const auditRoutes = {
  list: route({
    id: 'listAuditRecords',
    method: 'GET',
    path: '/audit',
    tag,
    summary: 'Read the audit log, newest first',
    access: { role: 'admin' },
    query: AuditQuery,
    response: pageOf(AuditRecord),
  }),
  verify: route({
    id: 'verifyAuditLog',
    method: 'POST',
    path: '/audit/verify',
    tag,
    summary: 'Recompute the hash chain of the audit log',
    access: { role: 'admin' },
    response: AuditVerification,
  }),
};
