/** A process that crashes in the middle of its task as V8 does, with words that no log may show. */
process.on('message', () => {
  process.stderr.write('Fatal error: Check failed; a secret of ours, postgres://halyard:hunter2@db/halyard');
  process.kill(process.pid, 'SIGTRAP');
});
