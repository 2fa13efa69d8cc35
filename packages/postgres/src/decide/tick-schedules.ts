import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { Tick } from '@halyard/core/decide/requests';
import { ticked } from '@halyard/core/decide/requests';
import { nextTick } from '@halyard/core/flows/schedule';
import type { EventId, FlowId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import type { Kysely } from 'kysely';
import type { Database, Tx } from '../database.js';
import { recordEvents } from '../event-recorder.js';
import type { DB } from '../schema.gen.js';
import type { Definitions } from './definitions.js';
import { PgWorld } from './world.js';

interface DueFlow {
  orgId: OrgId;
  id: FlowId;
}

/** How long a schedule that cannot tick is left alone. */
const putOffMs = 300_000;

/**
 * Queues a tick for every schedule whose time has come and sets its next time; returns how many. Each is a transaction
 * of its own: one that cannot tick is put off, and told of by an error once the others have ticked.
 */
export async function tickSchedules(
  database: Database,
  definitions: Definitions,
  now: Date,
): Promise<number> {
  const due = await database.lookAcross((db) => dueFlows(db, now));
  const failures: unknown[] = [];
  for (const flow of due)
    await database
      .across((tx) => tick(tx, definitions, flow, now))
      .catch(async (error: unknown) => {
        failures.push(error);
        await database.across((tx) => setNextTick(tx, flow, new Date(now.getTime() + putOffMs)));
      });
  if (failures.length)
    throw new AggregateError(failures, `Schedules that could not tick: ${failures.length}.`);
  return due.length;
}

/** Passes over the ticks that are due, as after a restore: whether they were done is not known. Returns of how many flows. */
export async function skipTicks(tx: Tx, definitions: Definitions, now: Date): Promise<number> {
  const due = await dueFlows(tx, now, null);
  for (const flow of due) {
    const definition = await scheduleOf(tx, definitions, flow);
    await setNextTick(tx, flow, definition ? await nextTickOf(tx, flow.orgId, definition, now) : null);
  }
  return due.length;
}

async function dueFlows(db: Kysely<DB>, now: Date, limit: number | null = 50): Promise<DueFlow[]> {
  const rows = await db
    .selectFrom('flows')
    .select(['org_id', 'id'])
    .where('next_tick_at', '<=', now)
    .orderBy('next_tick_at')
    .$if(limit !== null, (query) => query.limit(limit ?? 0))
    .execute();
  return rows.map((row) => ({ orgId: row.org_id as OrgId, id: row.id as FlowId }));
}

/** Ticks that were missed while nothing ran become one. */
async function tick(tx: Tx, definitions: Definitions, { orgId, id }: DueFlow, now: Date): Promise<void> {
  const row = await tx
    .selectFrom('flows')
    .select('next_tick_at')
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .where('next_tick_at', '<=', now)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (!row?.next_tick_at) return; // another process has it
  const definition = await scheduleOf(tx, definitions, { orgId, id });
  if (definition) await queueTick(tx, { orgId, id }, row.next_tick_at, now);
  await setNextTick(tx, { orgId, id }, definition ? await nextTickOf(tx, orgId, definition, now) : null);
}

async function scheduleOf(
  tx: Tx,
  definitions: Definitions,
  { orgId, id }: DueFlow,
): Promise<FlowDefinition | undefined> {
  const flow = (await new PgWorld(tx, definitions).liveFlows([orgId])).find((one) => one.id === id);
  return flow?.versions.find((one) => one.definition.trigger.type === 'schedule')?.definition;
}

async function queueTick(tx: Tx, { orgId, id }: DueFlow, at: Date, now: Date): Promise<void> {
  const payload = { flow_id: id, at: at.toISOString(), after: null } satisfies Tick;
  const key = `tick:${id}:${payload.at}`;
  const event = { id: randomIds<EventId>(), type: ticked, contactId: null, payload, occurredAt: now, key };
  await recordEvents(tx, orgId, [event]);
}

async function nextTickOf(
  tx: Tx,
  orgId: OrgId,
  { trigger }: FlowDefinition,
  now: Date,
): Promise<Date | null> {
  if (trigger.type !== 'schedule') return null;
  const settings = await tx
    .selectFrom('organization_settings')
    .select('time_zone')
    .where('org_id', '=', orgId)
    .executeTakeFirst();
  return nextTick(trigger.cron, trigger.zone ?? settings?.time_zone ?? 'UTC', now);
}

const setNextTick = (tx: Tx, { orgId, id }: DueFlow, at: Date | null) =>
  tx
    .updateTable('flows')
    .set({ next_tick_at: at })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute();
