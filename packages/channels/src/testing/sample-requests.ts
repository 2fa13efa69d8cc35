import type { Channel } from '@halyard/contracts/primitives';
import type { ChatPayload, OpenConnection, Payload, SendRequest } from '@halyard/core/delivery/provider';
import type { AttemptId, ConnectionId, MessageId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';

export const orgId = '0198b2a0-0000-7000-8000-00000000000a' as OrgId;

export const email: Payload = {
  channel: 'email',
  from: { name: 'Segelschule Haff', address: 'hello@sailing-school.example' },
  replyTo: 'office@sailing-school.example',
  to: { name: 'Anna “Änni” Berg', address: 'anna@example.com' },
  subject: 'In drei Tagen geht es los – Ueckermünde',
  html: '<p>Moin <b>Anna</b>, bring Sonnencreme mit.</p>',
  text: 'Moin Anna, bring Sonnencreme mit.',
  headers: {
    'List-Unsubscribe': '<https://halyard.example/u/token>',
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  },
};

export const sms: Payload = {
  channel: 'sms',
  from: 'Segelschule',
  to: '+4917612345678',
  text: 'Morgen um 9 Uhr am Steg. Antworte STOP, um keine SMS mehr zu bekommen.',
};

export const whatsAppTemplate: Payload = {
  channel: 'whatsapp',
  from: '+493981234567',
  to: '+4917612345678',
  template: {
    name: 'course_reminder',
    language: 'de',
    body: ['Anna', '1. Mai'],
    header: 'SKS-Kurs',
    buttons: ['plan/42'],
  },
};

export const whatsAppText: Payload = {
  channel: 'whatsapp',
  from: '+493981234567',
  to: '+4917612345678',
  text: 'Ja, Ölzeug haben wir da.',
};

export const slack: ChatPayload = {
  channel: 'slack',
  from: '',
  to: '#crew',
  text: '*Törn & Übergabe* um 9 <!channel>: https://haff.example/plan?a=1&b=2',
};

export const discord: ChatPayload = {
  channel: 'discord',
  from: '',
  to: '#crew',
  text: '**Törn** um 9 @everyone [Plan](https://haff.example/plan_42_neu)',
};

export const telegram: ChatPayload = {
  channel: 'telegram',
  from: '',
  to: '4711',
  text: 'Törn <b>um 9</b> *am Steg*: https://haff.example/plan',
};

export function sendRequest(payload: Payload): SendRequest {
  const messageId = randomIds<MessageId>();
  return {
    attemptId: randomIds<AttemptId>(),
    messageId,
    orgId,
    idempotencyKey: messageId,
    payload,
  };
}

export const openConnection = (
  provider: string,
  channels: Channel[],
  settings: Record<string, unknown>,
  secrets: Record<string, string> = {},
): OpenConnection => ({
  id: randomIds<ConnectionId>(),
  orgId,
  name: provider,
  provider,
  channels,
  settings,
  secrets,
  reportUrl: 'https://halyard.example/hooks/providers/token',
});
