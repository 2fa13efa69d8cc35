import { ask, until } from '../ask.ts';
import type { Halyard } from '../halyard.ts';
import { MovedTime } from '../moved-time.ts';
import type { Row } from '../row.ts';
import type { Scene } from '../scene.ts';
import type { School } from '../school.ts';
import { foundSchools } from '../watched-load.ts';

/**
 * The nights of 2027 in which Berlin's clocks change at one o'clock UTC, by moments in UTC: from 02:00 to 03:00 there is
 * no local time in spring, and every one twice in autumn. Messages are held until eight; the last moment is half an hour
 * after it, when what was held has drained.
 */
const nights = [
  {
    evening: '2027-03-27T20:00:00Z',
    held: ['2027-03-28T00:35:00Z', '2027-03-28T01:35:00Z', '2027-03-28T05:55:00Z'],
    morning: '2027-03-28T06:31:00Z',
  },
  {
    evening: '2027-10-30T20:00:00Z',
    held: ['2027-10-31T00:35:00Z', '2027-10-31T01:35:00Z', '2027-10-31T06:55:00Z'],
    morning: '2027-10-31T07:31:00Z',
  },
];
const address = 'early-bird@chaos.example';
const firstName = 'Early';

export const changeOfClocks: Row = {
  name: 'change-of-clocks',
  fault: 'both nights in which clocks change, with a schedule in the hour that is left out or comes twice',
  onlyLong: true,
  async run(scene) {
    const http = await scene.start('http');
    const [school] = await foundSchools(scene, 1);
    if (!school) throw new Error('A school was to be founded.');
    scene.provider.hooks.clear(); // its reports are signed by a clock that stays where it is
    await arrange(scene, school);
    await http.stop();
    const time = await MovedTime.begin(scene);
    let halyard: Halyard | null = null;
    const liveAt = async (instant: string) => {
      await halyard?.stop();
      await time.moveTo(instant);
      halyard = await scene.start('http,worker');
    };
    for (const [n, { evening, held, morning }] of nights.entries()) {
      await liveAt(evening);
      const flow = await publish(scene, school, `nightly-${n}`);
      for (const instant of held) {
        await scene.fault(instant, () => liveAt(instant));
        await nothingDue(scene);
        if (scene.ledger.receipts.length > n)
          scene.ledger.problems.push(`sent in quiet hours, at ${instant}`);
      }
      await liveAt(morning);
      await until('The message that was held is out', async () => scene.ledger.receipts.length > n);
      const ticks = await ticksOf(scene, flow);
      if (ticks !== 1)
        scene.ledger.problems.push(`a schedule fired ${ticks} times in the night to ${morning}`);
      await scene.owner.query('update flows set next_tick_at = null where id = $1', [flow]);
    }
  },
};

/** In Berlin, quiet from nine to eight, with one contact who is to hear from each night. */
async function arrange(scene: Scene, school: School): Promise<void> {
  const policy = { quiet_hours: { default: { from: '21:00', to: '08:00' } } };
  await scene.owner.query(
    `update organization_settings set time_zone = 'Europe/Berlin', policy = $2 where org_id = $1`,
    [school.id, JSON.stringify(policy)],
  );
  await ask(scene, school, '/contacts', { first_name: firstName, identities: [{ kind: 'email', address }] });
  const input = scene.ledger.offer({ kind: 'event', address, messages: nights.length, delayMs: 0 });
  input.acknowledgedAt = new Date();
}

async function publish(scene: Scene, school: School, key: string): Promise<string> {
  const { id } = await ask<{ id: string }>(scene, school, '/flows', {
    key,
    definition: {
      name: key,
      trigger: {
        type: 'schedule',
        cron: '30 2 * * *',
        zone: 'Europe/Berlin',
        audience: { field: 'contact.first_name', op: 'eq', value: firstName },
      },
      reentry: 'always',
      steps: [{ id: 'say', type: 'message', template: 'news', channels: ['email'], class: 'service' }],
    },
  });
  await ask(scene, school, `/flows/${id}/publish`, {});
  return id;
}

/** Until everything that is due at the moved time has been looked at. */
const nothingDue = ({ owner }: Scene) =>
  until('Nothing is due at the moved time', async () => {
    const { rows } = await owner.query<{ n: number }>(
      `select (select count(*) from flows where next_tick_at <= moved.now())::int
         + (select count(*) from pending_events)::int
         + (select count(*) from runs where status = 'active' and wake_at <= moved.now())::int
         + (select count(*) from messages where status = 'sending'
              or status = 'scheduled' and due_at <= moved.now())::int as n`,
    );
    return rows[0]?.n === 0;
  });

async function ticksOf({ owner }: Scene, flow: string): Promise<number> {
  const { rows } = await owner.query<{ n: number }>(
    `select count(*)::int as n from events
     where type = 'flow.ticked' and payload->>'flow_id' = $1 and payload->>'after' is null`,
    [flow],
  );
  return rows[0]?.n ?? 0;
}
