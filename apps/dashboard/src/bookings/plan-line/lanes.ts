/**
 * How high each flag flies. Its label stands to the right of its mast, so a mast to the right that is no lower would
 * run through it: each flag is hoisted above all that stand within the width of its label.
 *
 * @param places Where the masts stand, from left to right.
 * @param width What a label needs.
 * @param most How many lanes there are; who finds none gets null, and flies low without a label.
 */
export function lanesOf(places: readonly number[], width: number, most: number): (number | null)[] {
  const lanes = new Array<number | null>(places.length).fill(null);
  for (let one = places.length - 1; one >= 0; one--) {
    const reach = (places[one] ?? 0) + width;
    let lane = 0;
    for (let other = one + 1; other < places.length && (places[other] ?? 0) < reach; other++)
      lane = Math.max(lane, (lanes[other] ?? -1) + 1);
    lanes[one] = lane < most ? lane : null;
  }
  return lanes;
}
