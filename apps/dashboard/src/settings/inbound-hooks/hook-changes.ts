import type { Schema } from '@halyard/client/client';
import type { InboundHook } from '../../data/settings';

/** What the form asks of a hook. */
export type Asked = Required<Pick<Schema<'InboundHookPatch'>, 'name' | 'signature' | 'bearer' | 'addresses'>>;

/** Only what differs from the hook that the form was opened with: what others changed meanwhile stays theirs. */
export const hookChanges = (
  was: InboundHook,
  { name, signature, bearer, addresses }: Asked,
): Partial<Asked> => ({
  ...(name !== was.name && { name }),
  ...(signature !== was.signature && { signature }),
  ...(bearer !== was.bearer && { bearer }),
  ...(addresses.join() !== was.addresses.join() && { addresses }),
});
