import { setTimeout as pause } from 'node:timers/promises';
import type { Behaviour, Call } from '../provider.ts';
import type { Row } from '../row.ts';
import type { Scene } from '../scene.ts';
import { foundSchools, WatchedLoad } from '../watched-load.ts';

const retryAfterSeconds = 4;

const faults: Record<string, () => Behaviour> = {
  'accepts and hangs up': () => ({ kind: 'accept_then_drop' }),
  'answers 503': () => ({ kind: 'answer', status: 503 }),
  'answers what is no HTTP': () => ({ kind: 'garble', bytes: '\u0000\u0001 hello \r\n\r\n' }),
  'answers 200 and what is no JSON': () => ({
    kind: 'garble',
    bytes: 'HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n\u0000 no {JSON \ufffd',
  }),
  'answers a byte at a time': () => ({ kind: 'drip', everyMs: 100 }),
};

/** Below this nobody can tell one lateness from twice as much. */
const unnoticedSeconds = 0.1;

export const failingProvider: Row = {
  name: 'failing-provider',
  fault:
    "one organization's provider: 429 with Retry-After, 5xx, accept and hang up, garbage, a byte at a time",
  onlyLong: true,
  recoverWithin: 120,
  async run(scene) {
    await scene.start('http');
    await scene.start('worker');
    const [failing, calm, other] = await foundSchools(scene, 3);
    if (!failing || !calm || !other) throw new Error('Three schools were to be founded.');
    const others = new WatchedLoad(scene, 1, [calm, other]);
    const theirs = new WatchedLoad(scene, 2, [failing]);
    const run = () =>
      others.latenessOf({ count: 40 * scene.play.scale, callers: 4, restMs: 60, kinds: ['send', 'event'] });
    await run(); // warms the process up
    const calmP95 = await run();
    const failingLoad = theirs.load.run({
      count: 60 * scene.play.scale,
      callers: 6,
      restMs: 40,
      kinds: ['send', 'event', 'sms'],
    });
    const breaking = breakFor(scene, failing.id);
    const brokenP95 = await run();
    await Promise.all([failingLoad, breaking]);
    scene.play.tell(`p95 lateness of the others: ${calmP95.toFixed(3)} s, then ${brokenP95.toFixed(3)} s`);
    const impatient = await impatientSends(scene);
    if (impatient) scene.ledger.problems.push(`${impatient} sends did not wait as a 429 had asked`);
    if (brokenP95 > 2 * Math.max(calmP95, unnoticedSeconds))
      scene.ledger.problems.push(`others were late: p95 ${brokenP95} s instead of ${calmP95} s`);
  },
};

/** Lets the account's calls go wrong in one way after the other, and then go through again. */
async function breakFor(scene: Scene, account: string): Promise<void> {
  const { provider } = scene;
  const well = provider.behave;
  const behaveFor = (behave: (call: Call) => Behaviour) => {
    provider.behave = (call) => (call.account === account ? behave(call) : well(call));
  };
  await refuseFor(scene, behaveFor);
  for (const [what, fault] of Object.entries(faults)) {
    await scene.fault(what, async () => behaveFor(fault));
    await pause(600 * scene.play.scale);
  }
  provider.behave = well;
}

/** 429 for everything, for longer than it asks to be left alone. */
async function refuseFor(scene: Scene, behaveFor: (behave: () => Behaviour) => void): Promise<void> {
  const headers = { 'retry-after': String(retryAfterSeconds) };
  await scene.fault('answers 429 with Retry-After', async () =>
    behaveFor(() => ({ kind: 'answer', status: 429, headers })),
  );
  await pause((retryAfterSeconds + 1) * 1_000);
}

/** Sends whose round began after a 429 was committed, and before its time was over; clocks agree to a few milliseconds. */
async function impatientSends({ owner }: Scene): Promise<number> {
  const { rows } = await owner.query<{ n: number }>(
    `select count(distinct later.id)::int as n
     from attempts refused join attempts later
       on later.org_id = refused.org_id and later.connection_id = refused.connection_id
     where refused.outcome = 'throttled'
       and later.started_at > pg_xact_commit_timestamp(refused.xmin) + interval '50 ms'
       and later.started_at < refused.finished_at + make_interval(secs => $1)`,
    [retryAfterSeconds],
  );
  return rows[0]?.n ?? 0;
}
