import { randomUUID } from 'node:crypto';
import { scopes } from '@halyard/contracts/route';
import { ApiKeys } from '@halyard/core/access/api-keys';
import { randomSecrets } from '@halyard/core/access/secrets';
import { automation } from '@halyard/core/actor';
import { systemClock } from '@halyard/core/clock';
import type { OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { PgApiKeyStore } from '@halyard/postgres/api-keys';
import { Database } from '@halyard/postgres/database';
import type { FakeProvider } from './provider.ts';
import { hookSecret } from './provider.ts';

/** An organization with everything that the load needs, made over HTTP as its people would make it. */
export interface School {
  id: OrgId;
  key: string;
}

/** Where its mails go. */
export type MailConnection = { provider: 'resend' } | { provider: 'smtp'; port: number };

const flow = (name: string, event: string, more: object, before: object[] = []) => ({
  key: name,
  definition: {
    name,
    trigger: { type: 'event', event, ...more },
    reentry: 'always',
    steps: [
      ...before,
      { id: 'say', type: 'message', template: 'news', channels: ['email'], class: 'transactional' },
    ],
  },
});

/** How long the flow of a booking waits before it writes: long enough that the run has to be woken. */
export const bookingDelayMs = 1_000;

const flows = [
  flow('happened', 'chaos.happened', {}),
  flow('booked', 'booking.created', {}, [
    { id: 'wait', type: 'wait', wait: { for: 'duration', duration: 'PT1S' } },
  ]),
  flow('imported', 'contact.created', {
    filter: { field: 'contact.attributes.source', op: 'eq', value: 'import' },
  }),
];

export async function foundSchool(
  api: string,
  databaseUrl: string,
  provider: FakeProvider,
  mail: MailConnection,
  receiverUrl: string,
): Promise<School> {
  const school = await insertSchool(databaseUrl);
  const call = async (path: string, body: object): Promise<{ id: string; webhook_url?: string }> => {
    const response = await fetch(api + path, {
      method: 'POST',
      headers: { 'x-api-key': school.key, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok)
      throw new Error(`${path} was answered with ${response.status}: ${await response.text()}`);
    return response.json() as Promise<{ id: string; webhook_url?: string }>;
  };
  const sender = { from_address: 'moin@haffwind.example' };
  const account = { secrets: { api_key: school.id }, skip_test: true };
  const mails = await call(
    '/connections',
    mail.provider === 'resend'
      ? {
          provider: 'resend',
          name: 'Mail',
          settings: { ...sender, base_url: provider.url },
          secrets: { api_key: school.id, webhook_secret: hookSecret },
          skip_test: true,
        }
      : {
          provider: 'smtp',
          name: 'Mail',
          settings: { ...sender, host: '127.0.0.1', port: mail.port, security: 'none' },
          secrets: {},
          skip_test: true,
        },
  );
  if (mails.webhook_url)
    provider.hooks.set(school.id, { url: api + new URL(mails.webhook_url).pathname, secret: hookSecret });
  const sms = { base_url: provider.url, sender: 'HaffSegeln' };
  await call('/connections', { provider: 'infobip_sms', name: 'SMS', settings: sms, ...account });
  const chat = { provider: 'sandbox', name: 'Chat', channels: ['slack'], settings: {}, secrets: {} };
  await call('/connections', { ...chat, skip_test: true });
  const locales = { en: { subject: 'Ahoy', mjml: '<mj-text>What is new.</mj-text>' } };
  await call('/templates', { key: 'news', channel: 'email', content: { default_locale: 'en', locales } });
  await call('/endpoints', { url: receiverUrl, event_types: ['message.sent'] });
  for (const one of flows) {
    const { id } = await call('/flows', one);
    await call(`/flows/${id}/publish`, {});
  }
  return school;
}

/** An organization and its first key come from the command line in life; here from the same code below it. */
async function insertSchool(databaseUrl: string): Promise<School> {
  const id = randomIds<OrgId>();
  const app = await Database.open(databaseUrl, 'halyard_app', 2);
  try {
    await app.pool.query(
      `insert into auth.organization (id, name, slug, "createdAt") values ($1, 'Haffwind', $2, now())`,
      [id, randomUUID()],
    );
    await app.forOrg(id, (tx) =>
      tx.insertInto('organization_settings').values({ org_id: id, name: 'Haffwind' }).execute(),
    );
    const keys = new ApiKeys(new PgApiKeyStore(app), randomIds, randomSecrets, systemClock);
    const input = { name: 'chaos', scopes: [...scopes], expires_at: null };
    const { key } = await keys.create(id, input, automation('chaos'));
    return { id, key };
  } finally {
    await app.close();
  }
}
