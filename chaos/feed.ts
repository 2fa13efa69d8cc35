import type { Scene } from './scene.ts';

/** Sends inputs one after the other until it is told to end; then it waits until each is acknowledged. */
export function feed(scene: Scene): { end: () => Promise<void> } {
  let over = false;
  const fed = (async () => {
    while (!over) await scene.load.run({ count: 24, restMs: 10, kinds: ['send', 'event', 'booking'] });
  })();
  return {
    end: () => {
      over = true;
      return fed;
    },
  };
}
