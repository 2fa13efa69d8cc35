import { ask, until } from '../ask.ts';
import type { Row } from '../row.ts';
import type { Scene } from '../scene.ts';
import type { School } from '../school.ts';
import { foundSchools, WatchedLoad } from '../watched-load.ts';

const problem = 'a value that no column can hold';
const poisonedMail = 'poisoned-message@chaos.example';
const poisonedContact = 'poisoned-event@chaos.example';
/** Five tries with 156 seconds of pauses between them. */
const triesMs = 200_000;
const unnoticedSeconds = 0.1;

export const poisonMessage: Row = {
  name: 'poison-message',
  onlyLong: true,
  fault: 'a message and an event that make every transaction fail which they are in',
  async run(scene) {
    await scene.start('http');
    await scene.start('worker');
    const [school, other] = await foundSchools(scene, 2);
    if (!school || !other) throw new Error('Two schools were to be founded.');
    const neighbours = new WatchedLoad(scene, 1, [school, other]);
    const run = () =>
      neighbours.latenessOf({
        count: 40 * scene.play.scale,
        callers: 4,
        restMs: 50,
        kinds: ['send', 'event'],
      });
    await run(); // warms the process up
    const calm = await run();
    await refusePoison(scene);
    await scene.fault('poison', () => sendPoison(scene, school));
    const poisoned = await run();
    if (poisoned > 2 * Math.max(calm, unnoticedSeconds))
      scene.ledger.problems.push(`neighbours were late: p95 ${poisoned} s instead of ${calm} s`);
    await until('Two review items for what is poisoned', () => isShown(scene), triesMs);
    await scene.owner.query('delete from review_items');
  },
};

/** The database refuses whatever has to do with them, as it would refuse a value of theirs. */
async function refusePoison({ owner }: Scene): Promise<void> {
  const poisoned = {
    attempts: `exists (select from messages
      where org_id = new.org_id and id = new.message_id and target->>'email' = '${poisonedMail}')`,
    runs: `exists (select from identities
      where org_id = new.org_id and contact_id = new.contact_id and address = '${poisonedContact}')`,
  };
  for (const [table, isPoisoned] of Object.entries(poisoned)) {
    await owner.query(`
      create function refuse_in_${table}() returns trigger language plpgsql as $$
      begin
        if ${isPoisoned} then raise exception '${problem}' using errcode = '22P05'; end if;
        return new;
      end $$`);
    await owner.query(
      `create trigger poison after insert on ${table} for each row execute function refuse_in_${table}()`,
    );
  }
}

async function sendPoison(scene: Scene, school: School): Promise<void> {
  const content = { subject: 'Ahoy', body: 'What is new.' };
  await ask(scene, school, '/messages/send', {
    to: { email: poisonedMail },
    channels: ['email'],
    content,
    class: 'transactional',
  });
  await ask(scene, school, '/events', {
    type: 'chaos.happened',
    contact: { email: poisonedContact },
    create_contact: true,
  });
}

async function isShown({ owner, play }: Scene): Promise<boolean> {
  if (play.hurried) {
    await owner.query(
      `update messages set due_at = now() where status = 'scheduled' and reason = 'not_decided' and due_at > now()`,
    );
    await owner.query('update pending_events set not_before = now() where tries > 0 and not_before > now()');
  }
  const { rows } = await owner.query<{ kind: string }>(
    'select kind from review_items where reason = $1 order by kind',
    [problem],
  );
  return rows.map(({ kind }) => kind).join() === 'dead_message,failed_event';
}
