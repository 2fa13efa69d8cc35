import { setTimeout as pause } from 'node:timers/promises';
import { answeredWith, memoryOf } from '../counted.ts';
import type { Row } from '../row.ts';
import { foundSchools, WatchedLoad } from '../watched-load.ts';

/** What the processes may take at once: little, so that a test machine can offer ten times as much. */
const env = { HALYARD_REQUESTS_AT_ONCE: '40', HALYARD_UNDECIDED_EVENTS: '200' };
const flooders = 200;
const mostMemory = 512 * 1_048_576;
/** Of another organization's transactional messages; or twice what they took before, on a machine that is busy anyway. */
const promisedSeconds = 2;

export const overload: Row = {
  name: 'overload',
  fault: `${flooders} callers at once of one organization, where a fifth of them may be answered`,
  onlyLong: true,
  async run(scene) {
    const http = await scene.start('http', { env });
    const worker = await scene.start('worker', { env });
    const [loud, calm] = await foundSchools(scene, 2);
    if (!loud || !calm) throw new Error('Two schools were to be founded.');
    const flood = new WatchedLoad(scene, 1, [loud]);
    const messages = new WatchedLoad(scene, 2, [calm]);
    const send = () =>
      messages.latenessOf({ count: 30 * scene.play.scale, callers: 2, restMs: 100, kinds: ['send'] });
    await send(); // warms the process up
    const calmP95 = await send();
    const memory = watchMemory([http.url, worker.url]);
    await scene.fault('ten times the load', async () => {});
    const flooding = flood.load.run({ count: 600 * scene.play.scale, callers: flooders, kinds: ['event'] });
    const p95 = await send();
    await flooding;
    const refused = await answeredWith(http.url, 429);
    const most = await memory();
    const { problems } = scene.ledger;
    scene.play.tell(`${refused} requests refused; p95 lateness ${p95.toFixed(3)} s; ${most / 1_048_576} MB`);
    if (refused === 0) problems.push('nobody was pushed back');
    if (p95 > Math.max(promisedSeconds, 2 * calmP95))
      problems.push(`transactional messages were late: p95 ${p95} s instead of ${calmP95} s`);
    if (most > mostMemory) problems.push(`a process held ${Math.round(most / 1_048_576)} MB`);
  },
};

/** Looks at the memory of processes again and again; the function it returns ends that and says the most of one. */
function watchMemory(urls: readonly string[]): () => Promise<number> {
  let most = 0;
  let over = false;
  const looking = (async () => {
    while (!over) {
      for (const url of urls) most = Math.max(most, await memoryOf(url));
      await pause(250);
    }
  })();
  return async () => {
    over = true;
    await looking;
    return most;
  };
}
