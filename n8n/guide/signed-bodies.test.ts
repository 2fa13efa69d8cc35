import { randomUUID } from 'node:crypto';
import { handOver } from '@halyard/channels/n8n/hand-over';
import { email, openConnection, sendRequest, telegram } from '@halyard/channels/testing/sample-requests';
import { N8nSettings } from '@halyard/contracts/connections/provider-settings';
import { WorkflowCalled } from '@halyard/contracts/flows/workflow-called';
import { HandOver } from '@halyard/contracts/handovers/hand-over';
import { callBody } from '@halyard/core/workflow-calls/call-body';
import { expect, test } from 'vitest';

/** What Halyard really sends is what the guide says of it: no field less, none more. */

const now = new Date('2026-05-01T08:00:00Z');

test.each([email, telegram])('a hand-over has the fields that the guide shows ($channel)', (payload) => {
  const settings = N8nSettings.parse({
    base_url: 'https://n8n.example',
    path: '/webhook/x',
    from_address: 'a@b.example',
  });
  const connection = openConnection('n8n', ['email'], settings, {
    signing_secret: 'whsec_c2VjcmV0c2VjcmV0c2VjcmV0',
  });
  const { body } = handOver(
    connection,
    sendRequest(payload),
    'https://halyard.example/hooks/attempts/a',
    now,
  );
  expect(HandOver.parse(JSON.parse(body))).toEqual(JSON.parse(body));
});

test('the call of a flow step has the fields that the guide shows', () => {
  const id = randomUUID();
  const content = {
    flow: { id, key: 'welcome' },
    run: { id, step: 'ask', occurrence: 1 },
    contact: { first_name: 'Ada' },
    subject: null,
    product: null,
    event: null,
    steps: {},
    organization: { name: 'School' },
    data: { to: '{{contact.first_name}}' },
  };
  const call = { id, createdAt: now, until: now, content } as unknown as Parameters<typeof callBody>[0];
  const body = JSON.parse(callBody(call, 'https://halyard.example/hooks/workflow-calls/a'));
  expect(WorkflowCalled.parse(body)).toEqual(body);
  expect(body.data.data).toEqual({ to: 'Ada' });
});
