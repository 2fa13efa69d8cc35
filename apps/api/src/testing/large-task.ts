/** A process whose task comes to megabytes, the last thing that it does. */
process.on('message', () => process.send?.({ kind: 'result', result: ['x'.repeat(16 * 1_048_576)] }));
