import { until } from '../../e2e/until.ts';
import type { Founder } from './founder.ts';

/** What is watched, who is told, and a shop that reports an error; the alert that comes of it. */
export async function addTrouble({ api, school }: Founder): Promise<string | undefined> {
  await api('POST', '/alert-rules/defaults', {});
  const target = { type: 'message', channel: 'email', to: school.invited };
  await api('POST', '/alert-routes', { name: school.invited, target, severities: ['error', 'critical'] });
  await api('POST', '/inbound-hooks', { name: school.shop, kind: 'errors' });
  await api('POST', '/outreach/sources', {
    name: school.shop,
    url: 'postgres://halyard:secret@db.example.org/shop',
    table: 'outreach',
    columns: { id: 'id', body: 'body', email: 'email', channel: 'channel', user_id: 'user_id' },
    write_back: { status: 'status' },
    active: false,
    skip_test: true,
  });
  await api('POST', '/alerts/errors', { service: school.shop, message: school.outOfStock });
  const told = await until(
    () => api<{ items: { id: string; notified_at: string | null }[] }>('GET', '/alerts?status=open'),
    ({ items }) => items.some(({ notified_at }) => notified_at !== null),
    30_000,
  );
  return told.items[0]?.id;
}
