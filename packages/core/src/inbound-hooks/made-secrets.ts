import { randomBytes } from 'node:crypto';
import type { InboundHookPatch } from '@halyard/contracts/inbound-hooks/hook';
import { newSigningSecret } from '../outbox/sign-webhook.js';
import type { HookRules, HookSecret, HookSecrets } from './verify-request.js';

export const newToken = (): HookSecret => ({
  secret: randomBytes(32).toString('base64url'),
  expires_at: null,
});

/**
 * The secrets that a hook needs for what it is asked for now, in place of those it had; what stays as it was is left out.
 * A secret serves one kind of signature: another kind gets one of its own.
 */
export function madeSecrets(
  was: Pick<HookRules, 'signature' | 'bearer'>,
  { signature = was.signature, bearer = was.bearer, signing_secret: own }: InboundHookPatch,
): Partial<HookSecrets> {
  const signing = own === undefined ? newSigningSecret() : { secret: own, expires_at: null };
  return {
    ...((own !== undefined || signature !== was.signature) && { signing: signature ? [signing] : [] }),
    ...(bearer !== was.bearer && { bearer: bearer ? [newToken()] : [] }),
  };
}
