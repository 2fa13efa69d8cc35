import { expect, test } from 'vitest';
import type { SandboxMessageDetail } from '../data/inbox';
import { receivedOf } from './payload';

const detail = (channel: SandboxMessageDetail['channel'], payload: Record<string, unknown>) =>
  receivedOf({ channel, payload: payload as SandboxMessageDetail['payload'] } as SandboxMessageDetail);

test('each payload is read as what is shown of it', () => {
  const [from, to] = [{ name: 'School', address: 's@school.example' }, { address: 'a@mail.example' }];
  expect(detail('email', { from, to, subject: 'Ahoy', html: '<p>', text: 'Hi', headers: {} })).toEqual({
    kind: 'mail',
    from,
    to,
    subject: 'Ahoy',
    html: '<p>',
    text: 'Hi',
  });
  expect(detail('sms', { from: '+1', to: '+2', text: 'Moin' })).toEqual({
    kind: 'text',
    from: '+1',
    text: 'Moin',
  });
  const template = { name: 'invite', language: 'de', body: ['Anna'] };
  expect(detail('whatsapp', { from: '+1', to: '+2', template })).toEqual({
    kind: 'template',
    from: '+1',
    template: { ...template, buttons: [] },
  });
});

test('what has another shape is shown as empty, not as an error', () => {
  expect(detail('email', { from: 'x', subject: null })).toMatchObject({
    kind: 'mail',
    subject: '',
    html: '',
  });
  expect(detail('whatsapp', { template: ['x'], text: 7 })).toEqual({ kind: 'text', from: '', text: '' });
});
