import type { Course, CourseModule } from '@halyard/contracts/academy/course';
import type { CourseState, CourseStore, Edit } from '@halyard/core/academy/courses';
import type { Change } from '@halyard/core/bookings/bookings';
import type { CourseId, Ids, OrgId } from '@halyard/core/ids';
import type { Page, PageRequest } from '@halyard/core/page';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import { appendAudit } from '../audit.js';
import type { Database, Tx } from '../database.js';
import { isForeignKeyViolation } from '../errors.js';
import { positionIn, toPage } from '../paging.js';
import { removeRow } from '../remove-row.js';
import type { Courses } from '../schema.gen.js';
import { tellCourse } from './course-events.js';

export class PgCourseStore implements CourseStore {
  constructor(
    private readonly database: Database,
    private readonly newId: Ids,
  ) {}

  list(orgId: OrgId, page: PageRequest): Promise<Page<Course>> {
    const after = positionIn(page.cursor, 2);
    return this.database.forOrg(orgId, async (tx) => {
      let query = tx.selectFrom('courses').selectAll().where('org_id', '=', orgId);
      if (after)
        query = query.where(sql<boolean>`(created_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
      const rows = await query
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(page.limit + 1)
        .execute();
      return toPage(rows, page, toCourse, (row) => [row.created_at.toISOString(), row.id]);
    });
  }

  find(orgId: OrgId, id: CourseId): Promise<Course | null> {
    return this.database.forOrg(orgId, (tx) => readCourse(tx, orgId, id));
  }

  edit(orgId: OrgId, id: CourseId, edit: Edit, by: Change): Promise<Course | null> {
    return this.database.forOrg(orgId, async (tx) => {
      await lockId(tx, orgId, id);
      const there = await select(tx, orgId, id).forNoKeyUpdate().executeTakeFirst();
      const before = there ? toCourse(there) : null;
      const edited = edit(before);
      if (!edited) return null;
      const after = await write(tx, orgId, edited, by.now);
      await tellCourse(tx, orgId, { before, after }, this.newId, by.now);
      await appendAudit(tx, orgId, {
        actor: by.actor,
        action: before ? 'course.changed' : 'course.created',
        target: { type: 'course', id },
        changes: { name: after.name, modules: after.modules.length },
      });
      return after;
    });
  }

  remove(orgId: OrgId, id: CourseId, by: Change): Promise<'removed' | 'missing' | 'in_use'> {
    return this.database
      .forOrg(orgId, async (tx) => {
        const audit = { actor: by.actor, action: 'course.removed', target: { type: 'course', id } };
        const removed = await removeRow(tx, 'courses', orgId, id, audit);
        return removed ? ('removed' as const) : ('missing' as const);
      })
      .catch((error: unknown) => {
        if (isForeignKeyViolation(error)) return 'in_use' as const;
        throw error;
      });
  }
}

const select = (tx: Tx, orgId: OrgId, id: string) =>
  tx.selectFrom('courses').selectAll().where('org_id', '=', orgId).where('id', '=', id);

/** Two first calls with the same id wait for one another; the second finds what the first made. */
const lockId = (tx: Tx, orgId: OrgId, id: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`course:${orgId}:${id}`}, 0))`.execute(tx);

async function write(tx: Tx, orgId: OrgId, course: CourseState, now: Date): Promise<Course> {
  const { id, name, url, published_at } = course;
  const set = {
    name,
    url,
    published_at,
    attributes: JSON.stringify(course.attributes),
    modules: JSON.stringify(course.modules),
    updated_at: now,
  };
  const row = await tx
    .insertInto('courses')
    .values({ org_id: orgId, id, ...set, created_at: now })
    .onConflict((conflict) => conflict.columns(['org_id', 'id']).doUpdateSet(set))
    .returningAll()
    .executeTakeFirstOrThrow();
  return toCourse(row);
}

/** Without a lock: thousands tell progress in one course at once, and each would have to write its lock into the row. */
export async function readCourse(tx: Tx, orgId: OrgId, id: string): Promise<Course | null> {
  const row = await select(tx, orgId, id).executeTakeFirst();
  return row ? toCourse(row) : null;
}

export const toCourse = ({ org_id: _, ...row }: Selectable<Courses>): Course => ({
  ...row,
  attributes: row.attributes as Course['attributes'],
  modules: row.modules as unknown as CourseModule[],
  published_at: row.published_at?.toISOString() ?? null,
  created_at: row.created_at.toISOString(),
  updated_at: row.updated_at.toISOString(),
});
