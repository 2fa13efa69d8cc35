/** Tells the operator what is wrong and what to do, without a stack, and ends with exit code 1. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
}
