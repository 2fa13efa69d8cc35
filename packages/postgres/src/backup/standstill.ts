import type pg from 'pg';

/** When the backup was taken that this database was restored from and not yet released; null when it goes its way. */
export async function standsStillSince(connection: pg.Pool): Promise<Date | null> {
  const { rows } = await connection.query<{ at: Date }>(
    'select max(backup_taken_at) as at from restores where released_at is null having count(*) > 0',
  );
  return rows[0]?.at ?? null;
}
