import type pg from 'pg';
import { bulkLoad } from './bulk-load.ts';

/**
 * So many contacts of the organization, each with a mail address, who came evenly over three years. Of 24 first and 9,600
 * last names, so that a search can find half a million of them or a hundred.
 */
export async function loadPeople(owner: pg.Pool, org: string, total: number): Promise<void> {
  const values = [org, total];
  await bulkLoad(owner, [
    { table: 'contacts', text: contacts, values },
    { table: 'identities', text: identities, values: [org] },
  ]);
}

const array = (words: string) => `(array['${words.split(' ').join("','")}'])`;
const firstNames = array(
  'Ada Ben Cora Dirk Ella Finn Gesa Hauke Ida Jan Kaja Lars Mia Nils Ole Pia Rike Sven Tom Ute Vera Wim Yara Zoe',
);
const beginnings = array('Al Ber Bra Dre Eck Fal Gro Hau Jen Kle Lan Mey Nor Oft Pet Rei San Tho Vol Wes');
const middles = array('bel den fer gel hor ken lin mar nes pol ren sel ter wal zen ber dor fin gar hol');
const endings = array(
  'mann berg sen ing dorf stein feld hoff au er s ke low ner thal horst kamp holt eck brink loh stedt husen wig',
);
const nth = (names: string, every: number) => `${names}[1 + n / ${every} % cardinality(${names})]`;

const contacts = `
  insert into contacts (org_id, id, external_id, first_name, last_name, locale, time_zone, country, attributes, created_at, updated_at)
  select $1, uuidv7(at - now()), 'person-' || n, ${nth(firstNames, 1)},
    ${nth(beginnings, 24)} || ${nth(middles, 480)} || ${nth(endings, 9_600)},
    (array['de', 'en'])[1 + n % 2], 'Europe/Berlin', (array['DE', 'AT', 'CH', 'NL'])[1 + n % 4],
    '{"boat": "Optimist", "level": "pro"}', at, at
  from generate_series(0, $2::int - 1) n
  cross join lateral (select now() - interval '1 d' - interval '3 years' * (1 - n::float8 / $2) as at) moment`;

const identities = `
  insert into identities (org_id, id, contact_id, kind, address, created_at)
  select org_id, uuidv7(created_at - now()), id, 'email',
    lower(first_name || '.' || last_name || '.' || external_id || '@example.com'), created_at
  from contacts where org_id = $1 and external_id like 'person-%'`;
