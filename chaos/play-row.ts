import type pg from 'pg';
import type { ChaosServer } from './database.ts';
import { random } from './random.ts';
import type { Balance } from './reconcile.ts';
import { reconcile } from './reconcile.ts';
import type { Row, Verdict } from './row.ts';
import { Scene } from './scene.ts';

export interface Form {
  seed: number;
  scale: number;
  hurried: boolean;
  /** Hears how far it is and, of a row that is red, what the processes logged. */
  tell?: (text: string) => void;
}

/** Longer than a lease, the look for expired ones and the pause after it. */
const drainMs = 180_000;
const recoverWithinSeconds = 60;

/** Plays a row in a scene of its own, drains it, and balances the ledger. */
export async function playRow(row: Row, server: ChaosServer, form: Form): Promise<Verdict> {
  const started = performance.now();
  const { scale, hurried, tell = () => {} } = form;
  const play = { random: random(form.seed).fork(row.name), scale, hurried, tell };
  const scene = await Scene.open(play, server, `row_${row.name.replaceAll('-', '_')}_${Date.now()}`);
  const failures: string[] = [];
  try {
    await row.run(scene);
    await scene.drain(drainMs);
  } catch (error) {
    failures.push(error instanceof Error ? error.message : String(error));
  }
  try {
    const balance = await balanceOf(scene);
    failures.push(...failuresOf(row, balance), ...(await untold(scene)), ...scene.ledger.problems);
    if (failures.length) tell(scene.logs());
    return { row, seed: form.seed, seconds: (performance.now() - started) / 1000, balance, failures };
  } finally {
    await scene.close();
  }
}

async function balanceOf({ owner, ledger }: Scene): Promise<Balance> {
  const { rows } = await owner.query<{ address: string }>(
    `select address from messages where status = 'unknown'`,
  );
  return reconcile(ledger.inputs, ledger.receipts, rows, ledger.faults);
}

function failuresOf(row: Row, balance: Balance): string[] {
  const { lost, duplicated, unknown, inFlight, recoverySeconds, details } = balance;
  const within = row.recoverWithin ?? recoverWithinSeconds;
  const failures = lost || duplicated ? [...details] : [];
  if (unknown > inFlight) failures.push(`${unknown} unknown, with ${inFlight} sends under way at the faults`);
  if (recoverySeconds > within) failures.push(`recovered after ${recoverySeconds} s instead of ${within}`);
  if (balance.acknowledged < balance.inputs)
    failures.push(`${balance.inputs - balance.acknowledged} inputs were never acknowledged`);
  return failures;
}

/** What the providers took must stand as taken here, once, and the outside must have been told of it. */
async function untold({ owner, receiver }: Scene): Promise<string[]> {
  const out = await ids(
    owner,
    `select id from messages where status in ('sent', 'delivered') or status = 'unknown' and sent_at is not null`,
  );
  const told = receiver.told.get('message.sent') ?? new Set();
  const failures = [];
  const missing = out.filter((id) => !told.has(id)).length;
  if (missing) failures.push(`${missing} messages went out of which no webhook tells`);
  const twice = await ids(
    owner,
    `select payload->>'message_id' as id from events where type in ('message.sent', 'message.delivered')
     group by type, payload->>'message_id' having count(*) > 1`,
  );
  if (twice.length) failures.push(`${twice.length} messages are recorded as sent or delivered twice`);
  const items = await ids(
    owner,
    `select kind || ': ' || reason as id from review_items where kind <> 'unknown_message'`,
  );
  return [...failures, ...items.map((item) => `left to a person: ${item}`)];
}

const ids = async (owner: pg.Pool, query: string): Promise<string[]> =>
  (await owner.query<{ id: string }>(query)).rows.map(({ id }) => id);
