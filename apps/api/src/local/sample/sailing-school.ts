/** The story of seed 3: a sailing school on the Stettiner Haff writes to its guests before, during and after a course. */
export const school = {
  name: 'Segelschule Haffwind',
  time_zone: 'Europe/Berlin',
  locale: 'de',
  country: 'DE',
  postal_address: 'Segelschule Haffwind, Am Stadthafen 1, 17373 Ueckermünde',
  website: 'https://haffwind.example',
};

/** Names and addresses are made up: .example is reserved (RFC 2606), +49 171 39200xx for fiction (Bundesnetzagentur). */
export const owner = { name: 'Gerrit Haffwind', email: 'gerrit@haffwind.example' };

const place = {
  name: 'Stadthafen Ueckermünde, Steg 4',
  address: 'Am Stadthafen 1, 17373 Ueckermünde',
  latitude: 53.741,
  longitude: 14.048,
};

export const products = [
  {
    key: 'sks-praxis',
    name: 'SKS-Praxistörn',
    kind: 'course',
    time_zone: school.time_zone,
    location: place,
    organizer: { name: owner.name, email: owner.email, phone: '+491713920000' },
    attributes: { days: 5, price_eur: 690, level: 'SKS' },
  },
  {
    key: 'schnuppersegeln',
    name: 'Schnuppersegeln auf dem Haff',
    kind: 'event',
    time_zone: school.time_zone,
    location: place,
    organizer: { name: owner.name, email: owner.email, phone: '+491713920000' },
    attributes: { hours: 4, price_eur: 59 },
  },
];

/** From recipes/: the flows and templates of the school. */
export const recipes = ['sailing-school', 'welcome'];

export const guests = [
  {
    external_id: 'gast-1',
    first_name: 'Anna',
    last_name: 'Schröder',
    email: 'anna.schroeder@mail.example',
    phone: '+491713920011',
  },
  {
    external_id: 'gast-2',
    first_name: 'Jonas',
    last_name: 'Peters',
    email: 'jonas.peters@mail.example',
    phone: '+491713920012',
  },
  {
    external_id: 'gast-3',
    first_name: 'Mehmet',
    last_name: 'Yılmaz',
    email: 'mehmet.yilmaz@mail.example',
    phone: '+491713920013',
  },
  {
    external_id: 'gast-4',
    first_name: 'Sophie',
    last_name: 'Lindner',
    email: 'sophie.lindner@mail.example',
    phone: '+491713920014',
  },
  {
    external_id: 'gast-5',
    first_name: 'Piotr',
    last_name: 'Nowak',
    email: 'piotr.nowak@mail.example',
    phone: '+48512345678',
    country: 'PL',
  },
].map((guest) => ({ locale: 'de', country: 'DE', attributes: { source: 'website' }, ...guest }));

/** `inDays` from today, at `hour` on the clock of the school. */
export const bookings = [
  { external_id: 'buchung-1', guest: 'gast-1', product_key: 'sks-praxis', inDays: 10, hour: 9, days: 5 },
  { external_id: 'buchung-2', guest: 'gast-2', product_key: 'schnuppersegeln', inDays: 1, hour: 14, days: 1 },
];

/** What every guest agreed to when they booked. */
export const consent = {
  state: 'granted',
  channel: '*',
  topic: '*',
  source: 'booking_form',
  evidence: { text: 'Ja, schreibt mir vor, während und nach dem Kurs.', text_version: '2026-01' },
};
