import { addBookings, addProducts } from './bookings.ts';
import type { Founder } from './founder.ts';
import {
  addCampaigns,
  answerMail,
  askForConsent,
  confirmationOf,
  preferencesOf,
  quarantine,
} from './messages.ts';
import { addColleagues, addGuests, importRows } from './people.ts';
import { addTrouble } from './trouble.ts';

/** Fills a school through the API as a season would. Returns what the addresses of its pages name. */
export async function fillSeason(founder: Founder, receiver: string) {
  const { api, school, language } = founder;
  await api('POST', '/recipes/sailing-school/install', { locale: language });
  await pausedMailServer(founder);
  const hook = { url: receiver, description: school.hook };
  const { id: endpoint } = await api<{ id: string }>('POST', '/endpoints', hook);
  const [contact] = await addGuests(founder);
  const check = await importRows(founder, true);
  const imported = await importRows(founder, false);
  const [product] = await addProducts(founder);
  const [booking, upcoming] = await addBookings(founder);
  const campaign = await addCampaigns(founder);
  await answerMail(founder);
  await api('POST', '/recipes/welcome/install', { locale: language });
  await quarantine(founder);
  const arrived = await confirmationOf(founder);
  return {
    booking,
    upcoming,
    product,
    contact,
    campaign,
    import: imported,
    check,
    endpoint,
    inbox: arrived?.id,
    message: arrived?.message_id,
    template: await idOf(founder, '/templates?limit=100&channel=email', 'sailing-school.confirmation'),
    flow: await withLaterReminder(founder),
    invitation: await addColleagues(founder),
    alert: await addTrouble(founder),
    preferences: await preferencesOf(founder),
    confirmation: await askForConsent(founder),
  };
}

export type Season = Awaited<ReturnType<typeof fillSeason>>;

async function pausedMailServer({ api, school }: Founder): Promise<void> {
  const { id } = await api<{ id: string }>('POST', '/connections', {
    provider: 'smtp',
    name: school.mailServer,
    settings: { host: 'mail.haffwind.example', from_address: 'crew@haffwind.example' },
    secrets: { password: 'none' },
    skip_test: true, // there is no such server
  });
  await api('POST', `/connections/${id}/pause`, {});
}

/** The flow before a course, with a draft in which its first message goes out five instead of seven days ahead. */
async function withLaterReminder(founder: Founder): Promise<string> {
  const flow = await idOf(founder, '/flows?limit=100', 'sailing-school-before');
  const { definition } = await founder.api<{ definition: { steps: { timing?: { offset: string } }[] } }>(
    'GET',
    `/flows/${flow}/versions/1`,
  );
  const [first] = definition.steps;
  if (first?.timing) first.timing.offset = '-P5D';
  await founder.api('PATCH', `/flows/${flow}`, { definition });
  return flow;
}

async function idOf({ api }: Founder, path: string, key: string): Promise<string> {
  const { items } = await api<{ items: { id: string; key: string }[] }>('GET', path);
  return items.find((one) => one.key === key)?.id ?? '';
}
