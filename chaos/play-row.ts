import type pg from 'pg';
import type { ChaosServer } from './database.ts';
import type { Receipt } from './ledger.ts';
import { random } from './random.ts';
import type { Balance, Unknown } from './reconcile.ts';
import { reconcile } from './reconcile.ts';
import type { Row, Verdict } from './row.ts';
import { Scene } from './scene.ts';

export interface Form {
  seed: number;
  scale: number;
  hurried: boolean;
  /** Hears how far it is and, of a row that is red, what the processes and PostgreSQL logged. */
  tell?: (text: string) => void;
}

/** Longer than a lease, the look for expired ones and the pause after it. */
const drainMs = 180_000;
const recoverWithinSeconds = 60;

/** Plays a row in a scene of its own, drains it, and balances the ledger. Whatever goes wrong makes the row red: it never throws. */
export async function playRow(row: Row, server: ChaosServer, form: Form): Promise<Verdict> {
  const started = performance.now();
  const { scale, hurried, tell = () => {} } = form;
  const play = { random: random(form.seed).fork(row.name), scale, hurried, tell };
  const steps = new Steps();
  const database = `row_${row.name.replaceAll('-', '_')}_${Date.now()}`;
  const scene = await steps.take('before the row', () => Scene.open(play, server, database));
  const balance = scene ? await playIn(scene, row, steps) : nothing;
  if (steps.failures.length)
    tell(
      `${scene?.logs() ?? ''}\n== PostgreSQL\n${await server.lastWords()}\n== ${steps.failures.join('\n')}`,
    );
  await steps.take('after the row', async () => scene?.close());
  const seconds = (performance.now() - started) / 1000;
  return { row, seed: form.seed, seconds, balance, failures: steps.failures };
}

const nothing = reconcile([], [], [], []);

async function playIn(scene: Scene, row: Row, steps: Steps): Promise<Balance> {
  await steps.take('in the row', async () => {
    await row.run(scene);
    await scene.drain(drainMs);
  });
  await steps.take('PostgreSQL ended by itself', () => comeBack(scene.server));
  const unknown = await steps.take('in the balance', () => unknownOf(scene));
  const { inputs, receipts, faults, problems } = scene.ledger;
  await steps.take('in the sandbox', async () => {
    receipts.push(...(await takenBySandbox(scene)));
  });
  const balance = reconcile(inputs, receipts, unknown ?? [], faults);
  steps.failures.push(...failuresOf(row, balance));
  await steps.take('after the balance', async () => {
    steps.failures.push(...(await untold(scene)));
  });
  steps.failures.push(...problems);
  return balance;
}

/** Steps one after the other, of which none takes away what is known of those before it. */
class Steps {
  readonly failures: string[] = [];

  async take<T>(when: string, step: () => Promise<T>): Promise<T | null> {
    try {
      return await step();
    } catch (error) {
      this.failures.push(`${when}: ${error instanceof Error ? error.message : error}`);
      return null;
    }
  }
}

/** The rows that follow need it, and the balance of this one does. */
async function comeBack(server: ChaosServer): Promise<void> {
  if (server.isAlive) return;
  const words = await server.lastWords(5);
  await server.restart();
  throw new Error(words);
}

/** The sandbox is a part of Halyard: what it took stands in its inbox. */
async function takenBySandbox(scene: Scene): Promise<Receipt[]> {
  const { rows } = await scene.owner.query<Receipt>(
    'select recipient as address, idempotency_key as key, received_at as at from sandbox_inbox where arrived',
  );
  return rows;
}

async function unknownOf(scene: Scene): Promise<Unknown[]> {
  const { rows } = await scene.patiently(() =>
    scene.owner.query<Unknown>(`select address from messages where status = 'unknown'`),
  );
  return rows;
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
  const undelivered = await ids(owner, `select id from messages where channel = 'slack' and status = 'sent'`);
  if (undelivered.length) failures.push(`${undelivered.length} messages of the sandbox are not delivered`);
  const items = await ids(
    owner,
    `select kind || ': ' || reason as id from review_items where kind <> 'unknown_message'`,
  );
  return [...failures, ...items.map((item) => `left to a person: ${item}`)];
}

const ids = async (owner: pg.Pool, query: string): Promise<string[]> =>
  (await owner.query<{ id: string }>(query)).rows.map(({ id }) => id);
