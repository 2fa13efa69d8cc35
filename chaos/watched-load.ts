import { until } from './ask.ts';
import type { Input, Ledger } from './ledger.ts';
import type { LoadOptions } from './load.ts';
import { Load } from './load.ts';
import type { Scene } from './scene.ts';
import type { School } from './school.ts';
import { foundSchool } from './school.ts';

/** Room for the inputs of one load among all addresses. */
const addressesEach = 1_000_000;

/** The load of some schools, whose inputs can be told from those of others in the same ledger. */
export class WatchedLoad {
  readonly inputs: Input[] = [];
  readonly load: Load;
  readonly #ledger: Ledger;

  /** `nth`: distinguishes the loads of a row. */
  constructor(scene: Scene, nth: number, schools: readonly [School, ...School[]]) {
    this.#ledger = scene.ledger;
    const { ledger } = scene;
    const watched = {
      problems: ledger.problems,
      offer: (input: Parameters<Ledger['offer']>[0]) => {
        const offered = ledger.offer(input);
        this.inputs.push(offered);
        return offered;
      },
    };
    const random = scene.play.random.fork(`load ${nth}`);
    this.load = new Load(scene.api, schools, watched, random, nth * addressesEach);
  }

  /** Sends inputs, waits until each is with the provider, and says how late 95 of 100 were (p95, in seconds). */
  async latenessOf(options: LoadOptions): Promise<number> {
    const from = this.inputs.length;
    await this.load.run(options);
    const inputs = this.inputs.slice(from);
    await until('Every input of a load is with the provider', async () => {
      const out = new Set(this.#ledger.receipts.map(({ address }) => address));
      return inputs.every(({ address }) => out.has(address));
    });
    return this.p95(inputs);
  }

  /** How many seconds after its time the first message of 95 of 100 inputs was with the provider. */
  p95(inputs: readonly Input[] = this.inputs): number {
    const first = new Map<string, number>();
    for (const { address, at } of this.#ledger.receipts)
      if (!first.has(address)) first.set(address, at.getTime());
    const waits = inputs
      .flatMap(({ address, acknowledgedAt, delayMs }) => {
        const at = first.get(address);
        return acknowledgedAt && at ? [(at - acknowledgedAt.getTime() - delayMs) / 1000] : [];
      })
      .sort((a, b) => a - b);
    return Math.max(0, waits[Math.ceil(waits.length * 0.95) - 1] ?? 0);
  }
}

export const foundSchools = async (scene: Scene, count: number): Promise<School[]> => {
  const schools: School[] = [];
  for (let n = 0; n < count; n++)
    schools.push(
      await foundSchool(
        scene.api,
        scene.databaseUrl,
        scene.provider,
        { provider: 'resend' },
        scene.receiver.url,
      ),
    );
  return schools;
};
