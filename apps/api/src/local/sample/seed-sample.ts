import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { scopes } from '@halyard/contracts/route';
import { Temporal } from 'temporal-polyfill';
import type { Access, Home } from '../home.js';
import type { Progress } from '../progress.js';
import type { ApiCall } from './api-call.js';
import { apiCall } from './api-call.js';
import { bookings, consent, guests, owner, products, recipes, school } from './sailing-school.js';

/**
 * Makes the sample organization, once, through the same API that everybody uses. `empty`: nobody has used this database
 * yet. What was broken off is completed at the next start.
 */
export async function seedSample(
  home: Home,
  url: string,
  empty: boolean,
  progress: Progress,
): Promise<Access | null> {
  const kept = home.access();
  if (kept?.sample) {
    home.keepAccess({ ...kept, url });
    return { ...kept, url };
  }
  if (!kept && !empty) return null;
  return progress.step('Making the sample sailing school', async () => {
    const access = kept ?? { url, email: owner.email, password: randomBytes(12).toString('base64url') };
    home.keepAccess(access);
    const withKey = { ...access, ...(await signUp(url, access)) };
    home.keepAccess(withKey);
    const complete = { ...withKey, sample: await fillSchool(apiCall(url, { 'x-api-key': withKey.api_key })) };
    home.keepAccess(complete);
    return complete;
  });
}

/** Registers the owner, or signs in again, and makes an API key that may do everything a key may. */
async function signUp(url: string, access: Access): Promise<{ organization_id: string; api_key: string }> {
  const { email, password, organization_id, api_key } = access;
  if (organization_id && api_key) return { organization_id, api_key };
  const anonymous = apiCall(url, {});
  await anonymous('POST', '/auth/register', { email, password, name: owner.name, organization: school.name });
  const { token } = await anonymous<{ token: string }>('POST', '/auth/login', { email, password });
  const gerrit = apiCall(url, { authorization: `Bearer ${token}` });
  const { items } = await gerrit<{ items: { organization: { id: string } }[] }>('GET', '/organizations');
  const made = await gerrit<{ key: string }>('POST', '/api-keys', {
    name: 'Sample',
    scopes,
    expires_at: null,
  });
  return { organization_id: items[0]?.organization.id ?? '', api_key: made.key };
}

async function fillSchool(api: ApiCall): Promise<{ booking_id: string }> {
  await api('PATCH', '/organization', school);
  await connectSandbox(api);
  for (const key of recipes) await api('POST', `/recipes/${key}/install`, { locale: school.locale });
  for (const product of products) await api('POST', '/products', product, `sample-${product.key}`);
  for (const guest of guests) {
    const { contact } = await api<{ contact: { id: string } }>(
      'PUT',
      '/contacts',
      guest,
      `sample-${guest.external_id}`,
    );
    await api('POST', `/contacts/${contact.id}/consents`, consent, `sample-consent-${guest.external_id}`);
  }
  const made: { id: string }[] = [];
  for (const booking of bookings) made.push(await book(api, booking));
  const booking_id = made[0]?.id ?? '';
  await untilPlanned(api, booking_id);
  return { booking_id };
}

/** The loops plan within a second; who follows the first hint at once shall not find an empty plan. */
async function untilPlanned(api: ApiCall, bookingId: string): Promise<void> {
  for (let looks = 0; looks < 100; looks++) {
    const plan = await api<{ items: unknown[]; pending_events: number }>(
      'GET',
      `/bookings/${bookingId}/plan`,
    );
    if (plan.items.length && !plan.pending_events) return;
    await pause(100);
  }
  throw new Error('The sample booking was not planned within ten seconds: the loops do not run.');
}

/** Every channel goes to the sandbox inbox until a real provider is connected. */
async function connectSandbox(api: ApiCall): Promise<void> {
  const { items } = await api<{ items: { provider: string }[] }>('GET', '/connections');
  if (items.some((connection) => connection.provider === 'sandbox')) return;
  await api('POST', '/connections', { provider: 'sandbox', name: 'Sandbox', settings: {}, secrets: {} });
}

function book(
  api: ApiCall,
  { guest, inDays, hour, days, ...booking }: (typeof bookings)[number],
): Promise<{ id: string }> {
  const starts = Temporal.Now.zonedDateTimeISO(school.time_zone)
    .add({ days: inDays })
    .with({ hour, minute: 0, second: 0, millisecond: 0, microsecond: 0, nanosecond: 0 });
  const ends = starts.add({ days: days - 1, hours: 4 });
  const input = {
    ...booking,
    contact: { external_id: guest },
    starts_at: starts.toInstant().toString(),
    ends_at: ends.toInstant().toString(),
    time_zone: school.time_zone,
  };
  return api('POST', '/bookings', input);
}
