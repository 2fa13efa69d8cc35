/** A process whose task takes half a gigabyte before it is content. */
const kept: number[][] = [];
process.on('message', () => {
  for (let n = 0; n < 6_400; n++) kept.push(new Array(10_000).fill(n));
  process.send?.({ kind: 'result', result: [] });
});
