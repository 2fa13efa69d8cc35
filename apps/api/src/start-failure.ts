/** Halyard cannot start here; the message is one sentence or two and says what to do. */
export class StartFailure extends Error {
  override readonly name = 'StartFailure';
}
