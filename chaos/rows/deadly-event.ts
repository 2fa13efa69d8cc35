import { maxTries } from '@halyard/core/decide/retry';
import { until } from '../../e2e/until.ts';
import type { Row } from '../row.ts';
import type { Scene } from '../scene.ts';

/**
 * An event that no code survives: whoever decides it is dead, and nothing fails that could be caught and counted. It is
 * the first of its contact, `contact.created`; the second is what its message comes of, after a person was told.
 */
export const deadlyEvent: Row = {
  name: 'deadly-event',
  fault: 'an event of which every process dies that decides it',
  onlyLong: true, // postgres/decide/begun.db.test.ts holds the same in CI
  async run(scene) {
    await scene.start('http');
    await scene.found();
    await scene.load.run({ count: 1, kinds: ['event'] });
    let worker = await scene.start('worker', { crashAt: 'events-claimed' });
    await scene.falls(worker);
    const neighbours = scene.load.run({ count: 10 * scene.play.scale, restMs: 100, kinds: ['event'] });
    for (let deaths = 1; deaths < maxTries; deaths++) {
      worker = await scene.restart(worker, { crashAt: 'suspect-claimed' });
      await scene.falls(worker);
    }
    await scene.restart(worker);
    await neighbours;
    await until(() => reviewItems(scene), isShown, 60_000);
    await scene.owner.query('delete from review_items');
  },
};

interface Item {
  kind: string;
  reason: string;
  detail: { type: string; tries: number };
}

const reviewItems = async ({ owner }: Scene): Promise<Item[]> =>
  (await owner.query<Item>('select kind, reason, detail from review_items')).rows;

const isShown = ([item, ...more]: Item[]): boolean =>
  item?.kind === 'failed_event' &&
  item.detail.type === 'contact.created' &&
  item.detail.tries === maxTries &&
  /process ended/.test(item.reason) &&
  more.length === 0;
