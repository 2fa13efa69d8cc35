import { until } from '../../e2e/until.ts';
import type { Founder } from './founder.ts';
import { facts, guests, rows } from './school.ts';

/** Guests with their consent, one of whom has an address that bounces. Returns their ids. */
export async function addGuests({ api, school, language }: Founder): Promise<string[]> {
  const ids: string[] = [];
  const agreed = { text: school.consent, text_version: '2026-01' };
  const consent = { state: 'granted', channel: '*', topic: '*', source: 'booking_form', evidence: agreed };
  const lost = { first_name: 'Uwe', last_name: 'Sund', email: 'bounce@sandbox.halyard.test' };
  for (const guest of [...guests, lost]) {
    const { contact } = await api<{ contact: { id: string } }>('PUT', '/contacts', {
      ...guest,
      locale: language,
      country: facts.country,
      attributes: { boat: ids.length % 2 ? 'Jolle' : 'Kielboot', season: 2026 },
    });
    if (ids.length % 5 !== 4) await api('POST', `/contacts/${contact.id}/consents`, consent);
    ids.push(contact.id);
  }
  return ids;
}

/** A file of which half the rows cannot be taken: checked only, or imported. */
export async function importRows(founder: Founder, dryRun: boolean): Promise<string> {
  const { api, school } = founder;
  const meanings = ['email', 'first_name', 'last_name', 'phone', 'attributes.boat'];
  const mapping = Object.fromEntries(school.header.split(',').map((name, i) => [name, meanings[i]]));
  const query = new URLSearchParams({
    dry_run: String(dryRun),
    file_name: school.file,
    mapping: JSON.stringify(mapping),
  });
  const id = await founder.import(query, [school.header, ...rows, ''].join('\n'));
  await until(
    () => api<{ status: string }>('GET', `/imports/${id}`),
    ({ status }) => status === 'completed',
    60_000,
  );
  return id;
}

/** Colleagues who joined, a key, a suppressed address, and an invitation whose token is returned. */
export async function addColleagues(founder: Founder): Promise<string> {
  const { api, school } = founder;
  for (const { name, email, role } of school.colleagues)
    await founder.join(name, email, await invite(founder, email, role));
  const scopes = ['contacts:read', 'contacts:write', 'bookings:read', 'bookings:write'];
  await api('POST', '/api-keys', { name: school.key, scopes, expires_at: null });
  await api('POST', '/suppressions', { channel: 'email', address: 'info@club.example' });
  return invite(founder, school.invited, 'editor');
}

async function invite({ api }: Founder, email: string, role: string): Promise<string> {
  const { link } = await api<{ link: string | null }>('POST', '/invitations', { email, role });
  return new URL(link ?? 'none:').searchParams.get('token') ?? '';
}
