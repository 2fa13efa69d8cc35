import { setTimeout as pause } from 'node:timers/promises';
import { isUnavailable } from '@halyard/postgres/errors';
import pg from 'pg';
import type { ChaosServer } from './database.ts';
import { drained, hurry, stillToDo } from './drain.ts';
import type { Halyard, HalyardOptions } from './halyard.ts';
import { startHalyard } from './halyard.ts';
import { keptPort } from './kept-port.ts';
import { Ledger } from './ledger.ts';
import { Load } from './load.ts';
import { MailServer } from './mail-server.ts';
import { FakeProvider } from './provider.ts';
import type { Random } from './random.ts';
import { Receiver } from './receiver.ts';
import type { School } from './school.ts';
import { foundSchool } from './school.ts';

/** How a row is played. */
export interface Play {
  random: Random;
  /** More of everything in the long form; 1 in the short one. */
  scale: number;
  /** Leases of the dead and pauses after failures are cut short instead of being waited for. */
  hurried: boolean;
  /** Says how far it is. */
  tell(text: string): void;
}

/** How long the suite waits for a database that does not answer its own questions. */
const patienceMs = 30_000;

type Part = Partial<Omit<HalyardOptions, 'roles'>>;

/**
 * What a row plays with: a database, providers, a receiver of webhooks, the ledger, and as many processes of Halyard as it
 * starts. The API keeps its address over restarts.
 */
export class Scene {
  readonly ledger: Ledger;
  readonly play: Play;
  readonly server: ChaosServer;
  readonly databaseUrl: string;
  /** As the owner, to look at everything and to arrange what no role may. */
  readonly owner: pg.Pool;
  readonly provider: FakeProvider;
  readonly mailServer: MailServer;
  readonly receiver: Receiver;
  readonly #apiPort: number;
  readonly #processes = new Set<Halyard>();
  readonly #closing: (() => Promise<unknown>)[] = [];
  #load: Load | undefined;

  private constructor(
    given: Pick<Scene, 'play' | 'server' | 'databaseUrl'>,
    open: { ledger: Ledger; provider: FakeProvider; mailServer: MailServer; receiver: Receiver },
    apiPort: number,
  ) {
    this.play = given.play;
    this.server = given.server;
    this.databaseUrl = given.databaseUrl;
    this.ledger = open.ledger;
    this.provider = open.provider;
    this.mailServer = open.mailServer;
    this.receiver = open.receiver;
    // Connections are kept: a new one may be more than a database in trouble can give.
    this.owner = new pg.Pool({ connectionString: given.databaseUrl, max: 2, idleTimeoutMillis: 0 });
    this.owner.on('error', () => {});
    this.#apiPort = apiPort;
  }

  static async open(play: Play, server: ChaosServer, name: string): Promise<Scene> {
    const databaseUrl = await server.create(name);
    const ledger = new Ledger();
    const [provider, mailServer, receiver] = await Promise.all([
      FakeProvider.start(ledger),
      MailServer.start(ledger),
      Receiver.start(),
    ]);
    return new Scene(
      { play, server, databaseUrl },
      { ledger, provider, mailServer, receiver },
      await keptPort(),
    );
  }

  get api(): string {
    return `http://127.0.0.1:${this.#apiPort}`;
  }

  get load(): Load {
    if (!this.#load) throw new Error('Found the schools before you send anything.');
    return this.#load;
  }

  /** Starts a process and waits until it works. One that serves HTTP has the API's address. */
  async start(roles: HalyardOptions['roles'], part: Part = {}): Promise<Halyard> {
    const port = roles === 'worker' ? {} : { port: this.#apiPort };
    const halyard = await startHalyard({ databaseUrl: this.databaseUrl, roles, ...port, ...part });
    this.#processes.add(halyard);
    void halyard.died.then(() => {
      const lastWords = halyard.log().trimEnd().split('\n').slice(-30).join('\n');
      this.ledger.problems.push(`a process (${roles}) ended by itself: ${lastWords}`);
    });
    await halyard.ready;
    return halyard;
  }

  /** Starts another one in the place of one that is dead; not armed unless `part` says so. */
  restart({ options }: Halyard, part: Part = {}): Promise<Halyard> {
    const { roles, crashAt: _, passing: __, ...rest } = options;
    return this.start(roles, { ...rest, ...part });
  }

  /** Makes the organizations that the load is about; needs a process that serves HTTP. */
  async found(mail: 'resend' | 'smtp' = 'resend', schools = 2): Promise<void> {
    const connection =
      mail === 'resend'
        ? ({ provider: 'resend' } as const)
        : ({ provider: 'smtp', port: this.mailServer.port } as const);
    const founded: School[] = [];
    for (let n = 0; n < schools; n++)
      founded.push(
        await foundSchool(this.api, this.databaseUrl, this.provider, connection, this.receiver.url),
      );
    const [first, ...more] = founded;
    if (!first) throw new Error('A load needs a school at least.');
    this.#load = new Load(this.api, [first, ...more], this.ledger, this.play.random.fork('load'));
  }

  /**
   * Waits until so many more messages were received, or the load is over: a fault then falls into the work, whatever the
   * machine's pace.
   */
  async received(more: number): Promise<void> {
    const { receipts } = this.ledger;
    const enough = receipts.length + more;
    const end = Date.now() + 90_000;
    while (receipts.length < enough && this.load.isRunning) {
      if (Date.now() > end)
        throw new Error(`Of ${more} messages ${enough - receipts.length} did not come in 90 s.`);
      await pause(5);
    }
  }

  /** Breaks something and writes it down, with the sends that were under way. */
  async fault(what: string, breakIt: () => Promise<unknown>): Promise<void> {
    await breakIt();
    const at = new Date();
    this.ledger.faults.push({ at, what, inFlight: await this.#underWay() });
  }

  /** Kills a process as a crash would. */
  kill(halyard: Halyard): Promise<void> {
    return this.#death(halyard, () => halyard.kill());
  }

  /** Waits until a process has died of its own crash point. Throws when it never comes there. */
  async falls(halyard: Halyard, withinMs = 90_000): Promise<void> {
    await this.#death(halyard, async () => {
      const end = Date.now() + withinMs;
      while (halyard.isAlive() && Date.now() < end) {
        if (this.play.hurried) await this.#hurry();
        await Promise.race([halyard.ended, pause(200)]);
      }
    });
    const { crashAt } = halyard.options;
    this.play.tell(`fell at ${crashAt}`);
    if (halyard.isAlive())
      throw new Error(`Nobody passed the crash point ${crashAt} in ${withinMs / 1000} s.`);
  }

  /** Waits until nothing is left to do. */
  async drain(longestMs: number): Promise<void> {
    const left = await drained(async () => {
      if (this.play.hurried) await this.#hurry();
      const todo = await this.patiently(() => stillToDo(this.owner));
      return this.provider.reportsDue ? { ...todo, 'reports to take': this.provider.reportsDue } : todo;
    }, longestMs);
    if (Object.keys(left).length) this.ledger.problems.push(`not drained: ${JSON.stringify(left)}`);
  }

  /** For what a row opened itself; after the balance. */
  atEnd(close: () => Promise<unknown>): void {
    this.#closing.push(close);
  }

  /** What every process has logged, for somebody who looks for the reason. */
  logs(): string {
    return [...this.#processes].map((halyard) => `== ${halyard.options.roles}\n${halyard.log()}`).join('\n');
  }

  /** Does everything that can be done, and throws what went wrong after it. */
  async close(): Promise<void> {
    const settled = [
      ...(await Promise.allSettled(
        [...this.#processes].map((halyard) => halyard.isAlive() && halyard.kill()),
      )),
      ...(await Promise.allSettled(this.#closing.map((close) => close()))),
      ...(await Promise.allSettled([
        this.owner.end(),
        this.provider.close(),
        this.mailServer.close(),
        this.receiver.close(),
      ])),
    ];
    const failed = settled.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
  }

  /** Looks again while the database cannot be asked, as just after it came back; not for ever. */
  async patiently<T>(look: () => Promise<T>): Promise<T> {
    const end = Date.now() + patienceMs;
    for (;;)
      try {
        return await look();
      } catch (error) {
        if (!isUnavailable(error) || !this.server.isAlive || Date.now() > end) throw error;
        await pause(200);
      }
  }

  #hurry(): Promise<void> {
    const dead = [...this.#processes].filter((halyard) => !halyard.isAlive());
    const pids = dead.map(({ pid }) => pid);
    return this.patiently(() => hurry(this.owner, pids));
  }

  async #death(halyard: Halyard, die: () => Promise<void>): Promise<void> {
    await die();
    const at = new Date();
    const what = halyard.options.crashAt ?? `kill -9 of ${halyard.options.roles}`;
    this.ledger.faults.push({ at, what, inFlight: await this.#underWay(halyard.pid) });
  }

  async #underWay(pid?: number): Promise<number> {
    const { rows } = await this.patiently(() =>
      this.owner.query(
        `select count(*)::int as n from messages where status = 'sending'
           and ($1::text is null or split_part(lease_owner, ':', 2) = $1)`,
        [pid === undefined ? null : String(pid)],
      ),
    );
    return rows[0].n;
  }
}
