/**
 * The database cannot take this right now: it is away, full, read-only, out of connections, or undid a transaction for
 * another's sake. Nothing was stored, what was being written is not to blame, and trying again later may well do.
 */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
