import type { ICredentialTestFunctions } from 'n8n-workflow';
import { expect, test } from 'vitest';
import { called } from '../testing/fake-n8n';
import { signed } from '../testing/signed';
import { HalyardCallTrigger } from './HalyardCallTrigger.node';
import { signingSecretTest } from './signing-secret-test';

const trigger = new HalyardCallTrigger();
const body = JSON.stringify({ type: 'workflow.called', data: { call_id: 'c1' } });
/** The secret that the credential of the fake n8n has. */
const secret = 'whsec_c2VjcmV0';

const call = async (id: string, secrets: string[]) => {
  const { context, told } = called(() => ({}), { body, headers: signed(id, body, secrets) });
  return { told, given: await trigger.webhook.call(context) };
};

test('a call that is signed starts the workflow once', async () => {
  const { given } = await call('c1', [secret]);
  expect(given.workflowData).toEqual([[{ json: { id: 'c1', ...JSON.parse(body) } }]]);
  expect((await call('c1', [secret])).given).toEqual({ webhookResponse: { duplicate: true } });
});

test('another signature is refused', async () => {
  expect((await call('c2', ['whsec_b3RoZXI='])).told.status).toBe(401);
});

test.each([
  ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8G', '', 'OK'],
  ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8G', 'not one', 'Error'],
  ['whsec_c2hvcnQ=', '', 'Error'],
  ['a password', '', 'Error'],
])('the credential test says of %s and %s: %s', async (signingSecret, previousSecret, status) => {
  const credential = {
    id: '1',
    name: 'x',
    type: 'halyardSigningApi',
    data: { signingSecret, previousSecret },
  };
  const told = await signingSecretTest.call({} as ICredentialTestFunctions, credential);
  expect(told.status).toBe(status);
});
