/** A process whose task never has enough: it takes memory until it is ended. */
const kept: number[][] = [];
process.on('message', () => {
  for (;;) kept.push(new Array(10_000).fill(kept.length));
});
