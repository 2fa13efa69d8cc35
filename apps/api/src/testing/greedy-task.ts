/** A process whose task takes half a gigabyte before it is content, in one piece: in a thread that ends the whole process. */
process.on('message', () => {
  const kept: number[] = [];
  for (let n = 0; n < 64_000_000; n++) kept.push(n);
  process.send?.({ kind: 'result', result: [] });
});
