/** What a column of a file can mean to the import: a field, an address, `attributes.<key>`, `consent.<…>`, `ignore`. */
export type Mapping = Readonly<Record<string, string>>;

/** Headers as people write them, without case, spaces and marks. */
const known: readonly (readonly [meaning: string, headers: RegExp])[] = [
  ['email', /^(e?mail(s|adresse|address|id)?|correo|courriel|adresseemail)\d*$/],
  ['whatsapp', /^whatsapp(nummer|number)?$/],
  ['sms', /^sms(nummer|number)?$/],
  [
    'phone',
    /^((tele)?(f|ph)on(e|nr|nummer|number|no)?|phonenumber|tel(efono)?|mobile?(nummer|number|phone|telefon|nr)?|handy(nummer|nr)?|cell(phone)?|rufnummer)\d*$/,
  ],
  ['first_name', /^(vorname|first(name)?|given(name)?|fname|rufname|prenom|nombre|nome)$/],
  [
    'last_name',
    /^(nachname|last(name)?|sur(name)?|familyname|familienname|lname|zuname|nom|apellidos?|cognome)$/,
  ],
  ['locale', /^(sprache|language|lang|locale|languagecode)$/],
  ['country', /^(land|country|staat|countrycode|landercode|laendercode|landcode|pays|pais)$/],
  ['time_zone', /^(zeitzone|timezone|tz)$/],
  ['preferred_channel', /^(preferredchannel|bevorzugterkanal|channel|kanal)$/],
  ['crm_user_id', /^crm(userid|id|nummer)?$/],
  [
    'external_id',
    /^(id|externalid|externekennung|(kunden|mitglieds)(nummer|nr|id)|(customer|member|user|client)(id|number|no)|uuid)$/,
  ],
  [
    'consent_at',
    /^(consentat|consentdate|(einwilligung|optin|zustimmung)(am|vom|datum)|optin(date|time|at)|confirmtime)$/,
  ],
  ['consent_source', /^(consentsource|quellederzustimmung|einwilligungsquelle|optinsource)$/],
  [
    'consent.email',
    /^(newsletter|consent(email)?|einwilligung|zustimmung|optin|emailoptin|subscribed|werbung|marketing)$/,
  ],
  ['consent.sms', /^(consentsms|smsoptin)$/],
  ['consent.whatsapp', /^(consentwhatsapp|whatsappoptin)$/],
];

/** The columns of our own export, which the import takes back as they are. */
const own = new Set(['identities', 'attributes', 'created_at', 'updated_at']);

/** Guesses what each column means, by its header and else by what stands in it. What nobody knows becomes an attribute. */
export function guessMapping(headers: readonly string[], rows: readonly (readonly string[])[]): Mapping {
  const ours = headers.includes('identities') && headers.includes('attributes');
  const taken = new Set<string>();
  const entries = headers.map((header, n): [string, string] => {
    if (ours && (own.has(header) || header === 'id')) return [header, own.has(header) ? header : 'ignore'];
    const cells = rows.map((row) => row[n]?.trim() ?? '').filter(Boolean);
    const guess = exactly(header) ?? byHeader(header) ?? byCells(cells);
    if (guess && !taken.has(guess)) {
      taken.add(guess);
      return [header, guess];
    }
    return [header, `attributes.${keyOf(header)}`];
  });
  return Object.fromEntries(entries);
}

/** The key of an attribute for a header: as it is, but in small letters and without spaces. */
export const keyOf = (header: string): string =>
  header
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .replaceAll(/^_+|_+$/g, '') || 'column';

/** Headers that say their meaning themselves, such as attributes.level or consent.email.news. */
const exactly = (header: string): string | undefined =>
  /^(attributes|consent)\..+/.test(header) ? header : undefined;

function byHeader(header: string): string | undefined {
  const bare = header
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[^a-z0-9]/g, '');
  return known.find(([, pattern]) => pattern.test(bare))?.[0];
}

function byCells(cells: readonly string[]): string | undefined {
  if (cells.length === 0) return undefined;
  if (cells.every((text) => /^\S+@\S+\.\S+$/.test(text))) return 'email';
  if (cells.every((text) => /^(\+|00)[\d\s()/-]{7,}$/.test(text))) return 'phone';
  return undefined;
}

const keys =
  /^(email|phone|external_id|sms|whatsapp|messenger|instagram|telegram|slack|discord|web_chat|crm_user_id|identities)$/;

/** Whether a column tells who is who: without one no row can be taken. */
export const namesSomebody = (mapping: Mapping): boolean =>
  Object.values(mapping).some((one) => keys.test(one));

export const asksConsent = (mapping: Mapping): boolean =>
  Object.values(mapping).some((one) => one.startsWith('consent.'));
