/** Fills a migrated database with organizations and due messages, each organization with its own template and policy. */
import type pg from 'pg';

export interface Shape {
  organizations: number;
  messages: number;
}

const compiled = (organization: number) => ({
  default_locale: 'en',
  fallback: {},
  locales: Object.fromEntries(
    ['en', 'de'].map((locale) => [
      locale,
      {
        kind: 'email',
        subject: `{{firstName}}, news of school ${organization}`,
        preheader: 'What happens this week',
        html: `<!doctype html><html><body><h1>Ahoy {{firstName | default: "sailor"}}</h1>${`<p>School ${organization} sails on {{contact.attributes.boat}}. {% if contact.attributes.level == "pro" %}Races are on Sunday.{% else %}Lessons are on Saturday.{% endif %}</p>`.repeat(10)}<p><a href="https://school-${organization}.example/dates">All dates</a></p></body></html>`,
        text: `Ahoy {{firstName}}! School ${organization} sails on {{contact.attributes.boat}}.`,
        links_unsubscribe: false,
        names_address: false,
      },
    ]),
  ),
});

const policyOf = (organization: number) => ({
  quiet_hours: { sms: { from: '21:00', to: '08:00' } },
  caps: [
    { messages: 5 + (organization % 5), per: 'P1D' },
    { messages: 20, per: 'P30D' },
  ],
  consent: { email: organization % 2 === 0 ? 'opt_out' : 'opt_in' },
});

/** By which provider the organizations send; the HTTP sink of the benches unless said otherwise. */
interface Sender {
  provider: string;
  settings: object;
}

/** Organizations with a due message for each of their contacts. */
export async function seed(owner: pg.Pool, shape: Shape, sender?: Sender): Promise<void> {
  await seedOrganizations(owner, shape, sender);
  await scheduleAll(owner);
}

/** As the owner: row-level security is not what is measured here, so the seed goes around it. A contact for each message. */
export async function seedOrganizations(
  owner: pg.Pool,
  { organizations, messages }: Shape,
  { provider, settings }: Sender = { provider: 'sink', settings: {} },
): Promise<void> {
  const each = messages / organizations;
  for (let n = 0; n < organizations; n++) {
    const { rows } = await owner.query(
      `insert into auth.organization (id, name, slug, "createdAt") values (gen_random_uuid(), $1, $1, now()) returning id`,
      [`school-${n}`],
    );
    const org = rows[0].id;
    await owner.query(
      `insert into organization_settings (org_id, name, postal_address, policy) values ($1, $2, 'Pier 1', $3)`,
      [org, `School ${n}`, JSON.stringify(policyOf(n))],
    );
    await owner.query(
      `insert into connections (org_id, id, name, provider, channels, webhook_token, settings)
       values ($1, gen_random_uuid(), 'sender', $4, '{email}', $2, $3)`,
      [
        org,
        `token-${n}`,
        JSON.stringify({ ...settings, from_address: `news@school-${n}.example` }),
        provider,
      ],
    );
    const template = await owner.query(
      `insert into templates (org_id, id, key, name, channel) values ($1, gen_random_uuid(), 'news', 'News', 'email')
       returning id`,
      [org],
    );
    await owner.query(
      `insert into template_versions (org_id, template_id, number, content, compiled) values ($1, $2, 1, '{}', $3)`,
      [org, template.rows[0].id, JSON.stringify(compiled(n))],
    );
    await contactsOf(owner, org, each);
  }
}

const contactsOf = (owner: pg.Pool, org: string, each: number) =>
  owner.query(
    `with made as (
       insert into contacts (org_id, id, first_name, last_name, locale, time_zone, attributes)
       select $1, uuidv7(), 'Ada ' || n, 'Lovelace', 'de', 'Europe/Berlin', '{"boat": "Optimist", "level": "pro"}'
       from generate_series(1, $2::int) n returning id
     ), addressed as (
       insert into identities (org_id, id, contact_id, kind, address)
       select $1, uuidv7(), id, 'email', id || '@example.com' from made
     )
     insert into consents (org_id, id, contact_id, channel, state, source)
     select $1, uuidv7(), id, 'email', 'granted', 'form' from made`,
    [org, each],
  );

/** One due message for each contact; what an earlier run left is gone. */
export async function scheduleAll(owner: pg.Pool): Promise<void> {
  for (const table of ['decisions', 'pending_events', 'message_payloads'])
    await owner.query(`truncate ${table} cascade`);
  await owner.query('truncate events, attempts, messages cascade');
  await owner.query(
    `insert into messages (org_id, id, contact_id, source, class, channels, template, planned_at, due_at)
     select org_id, uuidv7(), id, 'api', 'marketing', '{email}', '{"keys": "news"}', now(), now() from contacts`,
  );
  // Not the tables just emptied: statistics of an empty table make plans that no table with a history would get.
  await owner.query('vacuum analyze messages, contacts, identities, consents, templates, template_versions');
  await owner.query('checkpoint'); // so that runs begin alike
}
