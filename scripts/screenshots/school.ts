/** The schools that the pictures show: the same season, told in each language. Names and addresses are made up. */

export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

const where = 'Am Stadthafen 1, 17373 Ueckermünde';

export interface School {
  name: string;
  products: [key: string, name: string, days: number][];
  colleagues: { name: string; email: string; role: 'editor' | 'viewer' }[];
  invited: string;
  consent: string;
  news: { name: string; subject: string; mjml: string };
  campaigns: [sent: string, scheduled: string, draft: string];
  reply: string;
  reason: string;
  mailServer: string;
  key: string;
  hook: string;
  shop: string;
  outOfStock: string;
  file: string;
  header: string;
}

export const schools: Record<Language, School> = {
  en: {
    name: 'Haff Wind Sailing School',
    products: [
      ['skipper-week', 'Skipper week', 5],
      ['taster', 'Taster sail on the lagoon', 1],
      ['radio-licence', 'Radio licence weekend', 2],
    ],
    colleagues: [
      { name: 'Ruth Carver', email: 'ruth@haffwind.example', role: 'editor' },
      { name: 'Owen Price', email: 'owen@haffwind.example', role: 'viewer' },
    ],
    invited: 'nora@haffwind.example',
    consent: 'Yes, write to me before, during and after the course.',
    news: {
      name: 'Spring news',
      subject: '{{contact.first_name}}, the dates for spring are here',
      mjml: '<mj-text>Hello {{contact.first_name | default: "there"}},</mj-text><mj-text>the ice is off the lagoon, and the dates for spring are out. Whoever sailed with us last year books first.</mj-text><mj-button href="https://haffwind.example/spring">See the dates</mj-button>',
    },
    campaigns: ['Dates for spring', 'Early bird ends', 'Crew wanted for the regatta'],
    reply: 'Is there a place left in May?',
    reason: 'Storm warning',
    mailServer: 'Mail server of the school',
    key: 'Website form',
    hook: 'Accounting',
    shop: 'Voucher shop',
    outOfStock: 'The payment provider does not answer',
    file: 'guests-2025.csv',
    header: 'Email,First name,Last name,Phone,Boat',
  },
  de: {
    name: 'Segelschule Haffwind',
    products: [
      ['skipper-week', 'SKS-Praxistörn', 5],
      ['taster', 'Schnuppersegeln auf dem Haff', 1],
      ['radio-licence', 'Funkschein-Wochenende', 2],
    ],
    colleagues: [
      { name: 'Mara Lehmann', email: 'mara@haffwind.example', role: 'editor' },
      { name: 'Ole Petersen', email: 'ole@haffwind.example', role: 'viewer' },
    ],
    invited: 'nele@haffwind.example',
    consent: 'Ja, schreibt mir vor, während und nach dem Kurs.',
    news: {
      name: 'Neues im Frühjahr',
      subject: '{{contact.first_name}}, die Termine für das Frühjahr sind da',
      mjml: '<mj-text>Hallo {{contact.first_name | default: "zusammen"}},</mj-text><mj-text>das Eis auf dem Haff ist weg, und die Termine für das Frühjahr stehen fest. Wer im letzten Jahr mitgesegelt ist, bucht zuerst.</mj-text><mj-button href="https://haffwind.example/fruehjahr">Termine ansehen</mj-button>',
    },
    campaigns: ['Termine im Frühjahr', 'Frühbucher bis Sonntag', 'Mitsegler für die Regatta'],
    reply: 'Ist im Mai noch ein Platz frei?',
    reason: 'Sturmwarnung',
    mailServer: 'Mailserver der Schule',
    key: 'Formular der Website',
    hook: 'Buchhaltung',
    shop: 'Gutschein-Shop',
    outOfStock: 'Der Zahlungsanbieter antwortet nicht',
    file: 'gaeste-2025.csv',
    header: 'E-Mail,Vorname,Nachname,Telefon,Boot',
  },
};

export const facts = {
  time_zone: 'Europe/Berlin',
  country: 'DE',
  postal_address: `Haffwind, ${where}`,
  website: 'https://haffwind.example',
};

export const harbour = { name: 'Stadthafen Ueckermünde, Steg 4', address: where };

/** .example is reserved (RFC 2606), +49 171 39200xx for fiction (Bundesnetzagentur). */
export const guests = [
  'Anna Schröder',
  'Jonas Peters',
  'Mehmet Yılmaz',
  'Sophie Lindner',
  'Piotr Nowak',
  'Ida Hansen',
  'Tom Becker',
  'Clara Vogt',
  'Elif Kaya',
  'Max Reimers',
  'Greta Holm',
  'Paul Jensen',
  'Mia Krüger',
  'Finn Brandt',
].map((name, i) => {
  const [first_name = '', last_name = ''] = name.split(' ');
  const phone = i % 3 ? `+49171392${String(i + 10).padStart(4, '0')}` : undefined;
  return { first_name, last_name, email: addressOf(name), ...(phone && { phone }) };
});

/** Three rows that can be taken, three that cannot. */
export const rows = [
  'lotte.berg@mail.example,Lotte,Berg,+491713920061,Jolle',
  'not an address,Karl,Maier,,Kielboot',
  'emil.sand@mail.example,Emil,Sand,+491713920062,Kielboot',
  ',,,,Jolle',
  'frieda.lund@mail.example,Frieda,Lund,,Katamaran',
  'hugo.wolf@mail.example,Hugo,Wolf,12,Jolle',
];

function addressOf(name: string): string {
  const plain = name.replaceAll('ö', 'oe').replaceAll('ü', 'ue').replaceAll('ı', 'i').toLowerCase();
  return `${plain.replace(' ', '.')}@mail.example`;
}
