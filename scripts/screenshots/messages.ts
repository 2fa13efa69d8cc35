import { until } from '../../e2e/until.ts';
import { dayAt } from './bookings.ts';
import type { Founder } from './founder.ts';
import { guests } from './school.ts';

interface InInbox {
  id: string;
  message_id: string;
  channel: string;
  recipient: string;
  subject: string | null;
}

const inbox = async ({ api }: Founder, recipient = ''): Promise<InInbox[]> =>
  (await api<{ items: InInbox[] }>('GET', `/sandbox/inbox?limit=100&recipient=${recipient}`)).items;

/** One campaign that is through, whose id is returned; one that is scheduled, and a draft. */
export async function addCampaigns({ api, school, language }: Founder): Promise<string> {
  const { name, subject, mjml } = school.news;
  const content = { default_locale: language, locales: { [language]: { subject, mjml } } };
  await api('POST', '/templates', { key: 'news', name, channel: 'email', content });
  const about = { audience: { all: [] }, channels: ['email'], template: 'news', topic: 'season' };
  const ids: string[] = [];
  for (const one of school.campaigns)
    ids.push((await api<{ id: string }>('POST', '/campaigns', { ...about, name: one })).id);
  const [sent = '', scheduled] = ids;
  await api('POST', `/campaigns/${scheduled}/schedule`, { type: 'once', at: dayAt(5, 9).toISOString() });
  await api('POST', `/campaigns/${sent}/start`, {});
  await until(
    () => api<{ occurrence: { progress: number } | null }>('GET', `/campaigns/${sent}`),
    ({ occurrence }) => occurrence?.progress === 1,
    60_000,
  );
  return sent;
}

/** Guests open, click, answer and leave. */
export async function answerMail(founder: Founder): Promise<void> {
  const { api, school } = founder;
  const mails = (await inbox(founder)).filter(
    ({ channel, recipient }) => channel === 'email' && !recipient.startsWith('bounce'),
  );
  const [, news = ''] = school.news.subject.split(', ');
  for (const [i, { id, recipient, subject }] of mails.entries()) {
    const act = (action: object) => api('POST', `/sandbox/inbox/${id}/actions`, action);
    const first = recipient === guests[0]?.email;
    const hasLink = subject?.includes(news);
    if (first || i % 3) await act({ action: 'open' });
    if (hasLink && i % 2) await act({ action: 'click' });
    if (hasLink && recipient === guests[2]?.email) await act({ action: 'reply', text: school.reply });
    if (hasLink && recipient === guests[5]?.email) await act({ action: 'unsubscribe' });
  }
}

/** What another service pushed, and nobody can send: it waits for a person. */
export async function quarantine({ api, school }: Founder): Promise<void> {
  const broken = { channel: 'email', subject: school.news.name, body: school.news.name, target: {} };
  await api('POST', '/outreach/items/batch', { items: [broken] });
}

/** The confirmation of the first guest’s booking: in the inbox, and as a message. */
export async function confirmationOf(founder: Founder): Promise<InInbox | undefined> {
  return (await inbox(founder, guests[0]?.email)).at(-1);
}

/** Where the link at the end of the newest mail to this guest leads: to the preferences. */
export async function preferencesOf(founder: Founder): Promise<string> {
  return linkTo('/u/', founder, guests[1]?.email ?? '');
}

/** Somebody new is asked for consent; returns where the link in that mail leads. */
export async function askForConsent(founder: Founder): Promise<string> {
  const { api, language } = founder;
  const person = { first_name: 'Jette', last_name: 'Falk', email: 'jette.falk@mail.example' };
  const { contact } = await api<{ contact: { id: string } }>('PUT', '/contacts', {
    ...person,
    locale: language,
  });
  const asked = { state: 'pending', channel: 'email', topic: 'season', source: 'website' };
  await api('POST', `/contacts/${contact.id}/consents`, asked);
  return until(
    () => linkTo('/c/', founder, person.email),
    (path) => path !== '',
    60_000,
  );
}

async function linkTo(path: string, founder: Founder, recipient: string): Promise<string> {
  const mails = await inbox(founder, recipient);
  const payloads = await Promise.all(mails.map(({ id }) => founder.api('GET', `/sandbox/inbox/${id}`)));
  return new RegExp(`${path}[\\w.~-]+`).exec(JSON.stringify(payloads))?.[0] ?? '';
}
