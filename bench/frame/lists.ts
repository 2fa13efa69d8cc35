import type pg from 'pg';
import type { Figure } from './bench.ts';
import type { Client } from './load.ts';
import { quantile } from './load.ts';

/** What is asked of lists, by what they have in common. Each is asked for 50 rows, as the dashboard does. */
type Questions = Record<string, readonly string[]>;

const rounds = 5;

/** The slowest twentieth of what lists take, in milliseconds; every question is asked several times, in turn. */
export async function timeLists(owner: pg.Pool, api: Client, school: string): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [what, paths] of Object.entries(await questions(owner, api, school))) {
    const took: { path: string; ms: number }[] = [];
    for (let round = 0; round <= rounds; round++)
      for (const path of paths) {
        const began = performance.now();
        await api.call('GET', path);
        if (round > 0) took.push({ path, ms: performance.now() - began }); // the first round warms up
      }
    const slowest = took.reduce((a, b) => (a.ms > b.ms ? a : b));
    console.log(`${what}: the slowest took ${Math.round(slowest.ms)} ms, ${slowest.path}`);
    const value = quantile(
      took.map(({ ms }) => ms),
      0.95,
    );
    figures.push({ what: `${what}, p95`, unit: 'ms', value, aim: { atMost: 300 } });
  }
  return figures;
}

async function questions(owner: pg.Pool, api: Client, school: string): Promise<Questions> {
  const messages = '/messages?limit=50';
  const contacts = '/contacts?limit=50';
  const { rows } = await owner.query<{ id: string; email: string }>(
    `select contact_id as id, address as email from identities where org_id = $1 and kind = 'email' order by id limit 20`,
    [school],
  );
  const { items } = await api.call<{ items: { id: string }[] }>('GET', '/flows');
  const longAgo = new Date(Date.now() - 500 * 86_400_000).toISOString();
  const kept = ['delivered', 'scheduled', 'sent', 'sending', 'dead', 'skipped', 'unknown', 'failed'];
  // By one letter, by some, by whole names of few and of many, by addresses, and by what nobody has.
  const searched = [
    'a',
    'mey',
    'lan',
    'ada',
    'finn ',
    'ole reimarfeld',
    'orter',
    'pia.',
    'yara.gro',
    'nobody',
  ];
  return {
    'messages, newest first': [messages, `${messages}&created_before=${longAgo}`],
    'messages by status': kept.map((status) => `${messages}&status=${status}`),
    'messages by contact': rows.map(({ id }) => `${messages}&contact_id=${id}`),
    'messages by flow': items.map(({ id }) => `${messages}&flow_id=${id}`),
    'contacts, newest first': [contacts, `${contacts}&created_to=${longAgo}`],
    'contacts by name or address': [
      ...searched.map((search) => `${contacts}&search=${encodeURIComponent(search)}`),
      ...rows.map(({ email }) => `${contacts}&email=${encodeURIComponent(email)}`),
    ],
    'events and bookings': [
      '/events?limit=50',
      `/events?limit=50&recorded_before=${longAgo}`,
      ...rows.map(({ id }) => `/contacts/${id}/events?limit=50`),
      '/bookings?limit=50',
    ],
  };
}
