import type { Id, Ids } from '../ids.js';

/**
 * Ids that are the same in every simulation. Their last digits are spread like those of real ones, as delivery draws from
 * them how what was held overnight is spread over the morning.
 */
export const simulatedIds = (): Ids => {
  let n = 0;
  return <T extends Id<string>>() => {
    n++;
    const count = n.toString(16).padStart(12, '0');
    const tail = Math.imul(n, 0x9e3779b1) >>> 0;
    return `${count.slice(0, 8)}-${count.slice(8)}-7000-8000-0000${tail.toString(16).padStart(8, '0')}` as T;
  };
};
