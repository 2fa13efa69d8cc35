/**
 * Calls `stop` at the first SIGINT or SIGTERM and exits with 0 when it is done, with 1 when it fails; a second signal
 * exits at once.
 */
export function stopOnSignals(stop: () => Promise<void>, failed: (error: unknown) => void): void {
  let stopping = false;
  const onSignal = () => {
    if (stopping) process.exit(130);
    stopping = true;
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        failed(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}
