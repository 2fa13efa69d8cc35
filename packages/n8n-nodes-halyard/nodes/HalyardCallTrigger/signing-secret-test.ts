import type {
  ICredentialsDecrypted,
  ICredentialTestFunctions,
  INodeCredentialTestResult,
} from 'n8n-workflow';

const isSecret = (given: unknown): boolean => {
  const key = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(String(given))?.[1];
  return key !== undefined && Buffer.from(key, 'base64').length >= 24;
};

/** Whether the secrets have the form of Standard Webhooks; nobody can be asked whether they are the right ones. */
export async function signingSecretTest(
  this: ICredentialTestFunctions,
  credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
  const { signingSecret, previousSecret } = credential.data ?? {};
  const whole = isSecret(signingSecret) && (!previousSecret || isSecret(previousSecret));
  return whole
    ? {
        status: 'OK',
        message: 'This is a signing secret. Whether it is the right one shows with the first call.',
      }
    : {
        status: 'Error',
        message:
          'A signing secret is whsec_ and at least 24 bytes in base64, as the n8n connection in Halyard has it.',
      };
}
