/** A process that never comes to the end of its task. */
process.on('message', () => {}).on('disconnect', () => process.exit());
