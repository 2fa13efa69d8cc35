import { randomUUID } from 'node:crypto';
import { aadOf, SecretBox } from '@halyard/core/connections/secret-box';
import type pg from 'pg';
import { encryptionKeys } from './halyard.ts';

/** An organization with a connection to a sink that answers as Resend does, a template, and contacts with an address. */
export async function seedSender(
  owner: pg.Pool,
  name: string,
  port: number,
  contacts: number,
): Promise<string> {
  const { rows } = await owner.query(
    `insert into auth.organization (id, name, slug, "createdAt") values (gen_random_uuid(), $1, $1, now()) returning id`,
    [name],
  );
  const org: string = rows[0].id;
  await owner.query(
    `insert into organization_settings (org_id, name, postal_address, policy) values ($1, $2, 'Pier 1', $3)`,
    [org, name, JSON.stringify({ consent: { email: 'opt_out' } })],
  );
  const connection = randomUUID();
  const secrets = new SecretBox(encryptionKeys).seal(
    JSON.stringify({ api_key: 're_bench' }),
    aadOf(org, connection),
  );
  await owner.query(
    `insert into connections (org_id, id, name, provider, channels, webhook_token, settings, secrets, key_id)
     values ($1, $2, 'Sink', 'resend', '{email}', $3, $4, $5, $6)`,
    [
      org,
      connection,
      `token-${org}`,
      JSON.stringify({ from_address: 'news@school.example', base_url: `http://127.0.0.1:${port}` }),
      secrets.box,
      secrets.keyId,
    ],
  );
  await owner.query(
    `with template as (
       insert into templates (org_id, id, key, name, channel) values ($1, gen_random_uuid(), 'news', 'News', 'email') returning id
     ) insert into template_versions (org_id, template_id, number, content, compiled) select $1, id, 1, '{}', $2 from template`,
    [org, JSON.stringify(compiled)],
  );
  await owner.query(
    `with made as (
       insert into contacts (org_id, id, first_name, time_zone)
       select $1, uuidv7(), 'Guest ' || n, 'Europe/Berlin' from generate_series(1, $2::int) n returning id
     )
     insert into identities (org_id, id, contact_id, kind, address)
     select $1, uuidv7(), id, 'email', id || '@example.com' from made`,
    [org, contacts],
  );
  return org;
}

const compiled = {
  default_locale: 'en',
  fallback: {},
  locales: {
    en: {
      kind: 'email',
      subject: '{{name}}',
      preheader: '',
      html: `<!doctype html><html><body><h1>Ahoy {{firstName}}</h1>${'<p>The wind is fair and the boats are ready.</p>'.repeat(20)}</body></html>`,
      text: 'Ahoy {{firstName}}, the wind is fair and the boats are ready.',
      links_unsubscribe: false,
      names_address: false,
    },
  },
};

/** When the first message is due, and how many are due a second from then on; all at once when left out. */
export interface Due {
  first: Date;
  perSecond?: number;
}

/** A message for each of the organization's contacts, whose subject is `name` and its number, from 0. */
export const scheduleDue = (
  owner: pg.Pool,
  org: string,
  kind: 'transactional' | 'marketing',
  name: string,
  { first, perSecond }: Due,
) =>
  owner.query(
    `insert into messages (org_id, id, contact_id, source, class, lane, channels, template, variables, planned_at, due_at)
     select $1, uuidv7(), id, 'api', $2, $3, '{email}', '{"keys": "news"}', jsonb_build_object('name', $4 || ' ' || n),
       at, at
     from (select id, row_number() over () - 1 as n from contacts where org_id = $1) people
     cross join lateral (select $5::timestamptz + n * $6::float8 * interval '1 s' as at) due`,
    [org, kind, kind === 'transactional' ? 0 : 1, name, first, perSecond ? 1 / perSecond : 0],
  );
