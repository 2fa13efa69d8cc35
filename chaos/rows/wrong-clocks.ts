import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ask, until } from '../ask.ts';
import type { Row } from '../row.ts';
import type { Scene } from '../scene.ts';
import type { School } from '../school.ts';
import { foundSchools, WatchedLoad } from '../watched-load.ts';

const hourMs = 3_600_000;
const halfHourMs = hourMs / 2;
/** A message that is an hour early or late is far beyond it. */
const punctualSeconds = 60;
const wrong = (aheadMs: number) => ({
  nodeArguments: ['--import', join(import.meta.dirname, '..', 'wrong-clock.ts')],
  env: { CHAOS_CLOCK_AHEAD_MS: String(aheadMs) },
});

export const wrongClocks: Row = {
  name: 'wrong-clocks',
  onlyLong: true,
  fault: 'two workers whose clocks are an hour ahead and an hour behind, and HTTP with one ahead',
  async run(scene) {
    await scene.start('http', wrong(hourMs));
    const [school, quiet] = await foundSchools(scene, 2);
    if (!school || !quiet) throw new Error('Two schools were to be founded.');
    for (const ahead of [hourMs, -hourMs]) await scene.start('worker', wrong(ahead));
    await scene.fault('clocks off by an hour', async () => {});
    await beQuiet(scene, quiet);
    const held = await sendInQuietHours(scene, quiet);
    const schedules = await scheduleFlows(scene, school);
    const load = new WatchedLoad(scene, 1, [school]);
    const p95 = await load.latenessOf({ count: 40 * scene.play.scale, restMs: 20 });
    if (p95 > punctualSeconds) scene.ledger.problems.push(`messages were late: p95 ${p95} s`);
    await until('The schedule that is due has fired', async () => (await ticksOf(scene, schedules.due)) > 0);
    await pause(3_000); // time enough for a second tick, and for one that is not due
    const { problems } = scene.ledger;
    for (const [flow, owed] of [[schedules.due, 1] as const, [schedules.later, 0] as const]) {
      const ticks = await ticksOf(scene, flow);
      if (ticks !== owed) problems.push(`a schedule fired ${ticks} times instead of ${owed}`);
    }
    const { rows } = await scene.owner.query(
      `select from messages where id = any ($1) and status = 'scheduled' and reason = 'hours'`,
      [held],
    );
    if (rows.length < held.length)
      problems.push(`${held.length - rows.length} messages were not held in quiet hours`);
  },
};

const clock = (at: number): string => new Date(at).toISOString().slice(11, 16);

/** Quiet from half an hour ago for an hour: to a clock that is an hour off, they are over or not begun. */
const beQuiet = ({ owner }: Scene, { id }: School) =>
  owner.query(
    `update organization_settings set time_zone = 'UTC', policy = jsonb_build_object('quiet_hours', $2::jsonb)
     where org_id = $1`,
    [
      id,
      JSON.stringify({
        default: { from: clock(Date.now() - halfHourMs), to: clock(Date.now() + halfHourMs) },
      }),
    ],
  );

async function sendInQuietHours(scene: Scene, school: School): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < 10; n++) {
    const { id } = await ask<{ id: string }>(scene, school, '/messages/send', {
      to: { email: `quiet-${n}@chaos.example` },
      channels: ['email'],
      content: { subject: 'Ahoy', body: 'Are you asleep?' },
      class: 'service',
    });
    ids.push(id);
  }
  await until('Messages in quiet hours are looked at', async () => {
    const { rows } = await scene.owner.query('select from decisions where message_id = any ($1)', [ids]);
    return rows.length >= ids.length;
  });
  return ids;
}

/** Two flows that begin once a day: one whose time comes in a moment, one whose time comes in half an hour. */
async function scheduleFlows(scene: Scene, school: School): Promise<{ due: string; later: string }> {
  const at = new Date(Date.now() + halfHourMs);
  const cron = `${at.getUTCMinutes()} ${at.getUTCHours()} * * *`;
  const publish = async (key: string) => {
    const { id } = await ask<{ id: string }>(scene, school, '/flows', {
      key,
      definition: {
        name: key,
        trigger: {
          type: 'schedule',
          cron,
          zone: 'UTC',
          audience: { field: 'contact.first_name', op: 'eq', value: 'Nobody' },
        },
        reentry: 'always',
        steps: [{ id: 'end', type: 'exit' }],
      },
    });
    await ask(scene, school, `/flows/${id}/publish`, {});
    return id;
  };
  const flows = { due: await publish('due'), later: await publish('later') };
  await scene.owner.query(`update flows set next_tick_at = now() + interval '2 seconds' where id = $1`, [
    flows.due,
  ]);
  return flows;
}

async function ticksOf({ owner }: Scene, flow: string): Promise<number> {
  const { rows } = await owner.query<{ n: number }>(
    `select count(*)::int as n from events where type = 'flow.ticked' and payload->>'flow_id' = $1
       and payload->>'after' is null`,
    [flow],
  );
  return rows[0]?.n ?? 0;
}
