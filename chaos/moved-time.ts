import type { Scene } from './scene.ts';

/**
 * Makes it another day: functions of the row's own stand before those that say what time it is, for every connection
 * that is opened from then on. Halyard goes by the database's clock, so that a process that starts now lives then.
 */
export class MovedTime {
  readonly #owner: Scene['owner'];

  private constructor(owner: Scene['owner']) {
    this.#owner = owner;
  }

  static async begin({ owner, databaseUrl }: Scene): Promise<MovedTime> {
    const database = new URL(databaseUrl).pathname.slice(1);
    await owner.query('create schema moved');
    await owner.query('grant usage on schema moved to public');
    await owner.query(`alter database "${database}" set search_path = moved, pg_catalog, public`);
    return new MovedTime(owner);
  }

  async moveTo(instant: string): Promise<void> {
    for (const name of ['clock_timestamp', 'now'])
      await this.#owner.query(
        `create or replace function moved.${name}() returns timestamptz language sql as
         $$ select pg_catalog.clock_timestamp() + interval '${secondsUntil(instant)} seconds' $$`,
      );
  }
}

const secondsUntil = (instant: string): number => (Date.parse(instant) - Date.now()) / 1000;
