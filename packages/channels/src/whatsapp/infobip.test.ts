import { InfobipWhatsAppSettings } from '@halyard/contracts/connections/provider-settings';
import { Agent } from 'undici';
import { afterAll, describe, expect, test } from 'vitest';
import { startHttpVendor } from '../testing/http-vendor.js';
import { infobipAnswers } from '../testing/infobip-answers.js';
import { providerConformance } from '../testing/provider-conformance.js';
import { openConnection, sendRequest, whatsAppTemplate, whatsAppText } from '../testing/sample-requests.js';
import { violations } from '../testing/vendor-schema.js';
import { InfobipWhatsAppProvider, infobipWhatsAppRequest } from './infobip.js';

const apiKey = 'infobip-s3cr3t-key';
const agent = new Agent();
afterAll(() => agent.destroy());

const connectionTo = (baseUrl: string) =>
  openConnection(
    'infobip_whatsapp',
    ['whatsapp'],
    InfobipWhatsAppSettings.parse({ base_url: baseUrl, sender: '+493981234567' }),
    { api_key: apiKey },
  );

for (const [name, payload] of [
  ['Infobip WhatsApp with a template', whatsAppTemplate],
  ['Infobip WhatsApp with free text', whatsAppText],
] as const)
  providerConformance({
    name,
    open: () => new InfobipWhatsAppProvider(agent),
    request: () => sendRequest(payload),
    start: (mode) => startHttpVendor(mode, infobipAnswers, connectionTo),
    retryAfterMs: 7_000,
    secret: apiKey,
    cannot: {},
  });

describe('the request', () => {
  const connection = connectionTo('https://x.api.infobip.com');

  test.each([
    ['a template with header and button', whatsAppTemplate],
    [
      'a template with nothing to fill in',
      { ...whatsAppTemplate, template: { name: 'hello', language: 'de', body: [] } },
    ],
    ['free text', whatsAppText],
  ])('%s is what Infobip’s own description asks for', (_, payload) => {
    expect(violations('infobip', infobipWhatsAppRequest(connection, sendRequest(payload)))).toEqual([]);
  });

  test('a broken request would be noticed', () => {
    const text = infobipWhatsAppRequest(connection, sendRequest({ ...whatsAppText, text: 'x'.repeat(4097) }));
    expect(violations('infobip', text)).not.toEqual([]);
    const template = infobipWhatsAppRequest(connection, sendRequest(whatsAppTemplate));
    const [message] = (template.body as { messages: { content: object }[] }).messages;
    const withoutData = { messages: [{ ...message, content: { templateName: 'x', language: 'de' } }] };
    expect(violations('infobip', { ...template, body: withoutData })).not.toEqual([]);
  });
});

test('a message that was read is an open', async () => {
  const provider = new InfobipWhatsAppProvider(agent);
  const seen = {
    results: [
      { messageId: 'a-1', from: '493981234567', to: '4917612345678', seenAt: '2026-05-01T08:59:00.000+0000' },
    ],
  };
  const request = { headers: {}, rawBody: Buffer.from(JSON.stringify(seen)), query: {}, now: new Date() };
  expect(await provider.receive(connectionTo('https://x.example'), request)).toMatchObject([
    { type: 'opened', key: 'a-1:seen', channel: 'whatsapp', providerMessageId: 'a-1' },
  ]);
});
