import type { Channel } from '@halyard/contracts/primitives';
import type { TemplateVersion } from '@halyard/core/delivery/renderer';
import type { OrgId, ProductId } from '@halyard/core/ids';
import type { NewMessage } from '@halyard/core/messages/message';
import { sql } from 'kysely';
import type { Tx } from './database.js';

/** Which templates a message names, on the channels it may go out on; `productId` picks that product's own wording. */
export interface TemplateRequest {
  orgId: OrgId;
  template: NonNullable<NewMessage['template']>;
  channels: readonly Channel[];
  productId?: ProductId | null;
}

export type TemplatesByChannel = Partial<Record<Channel, TemplateVersion>>;

/**
 * The versions to send with, for many messages in one query, in the order of the requests: of a key the current version,
 * of an id the version named or else the current one; versions chosen before stay. A channel without a template is absent. Archived templates are
 * found as well: what was planned with them still goes out.
 */
export async function loadTemplates(
  tx: Tx,
  requests: readonly TemplateRequest[],
): Promise<TemplatesByChannel[]> {
  if (requests.length === 0) return [];
  const wanted = requests.flatMap((request, n) =>
    request.channels.map((channel) => ({ n, channel, org_id: request.orgId, ...named(request, channel) })),
  );
  // Many messages of a blast want the same few templates: each is looked up, and its content sent over, once.
  const distinct = new Map(wanted.map(({ n: _, ...want }) => [JSON.stringify(want), want]));
  const { rows } = await sql<Found>`
    select wanted.want, t.id, t.key, t.channel, v.number, v.compiled
    from jsonb_to_recordset(${JSON.stringify([...distinct].map(([want, fields]) => ({ want, ...fields })))}::jsonb)
      as wanted (want text, org_id uuid, channel text, key text, id uuid, version int, product_id uuid)
    cross join lateral (
      select * from templates t
      where t.org_id = wanted.org_id and t.channel = wanted.channel
        and (t.id = wanted.id or (t.key = wanted.key and (t.product_id is null or t.product_id = wanted.product_id)))
      order by t.product_id nulls last limit 1
    ) t
    join template_versions v on v.org_id = t.org_id and v.template_id = t.id
      and v.number = coalesce(wanted.version, t.current_version)`.execute(tx);
  const found = new Map(rows.map((row) => [row.want, toVersion(row)]));
  const answers: TemplatesByChannel[] = requests.map(() => ({}));
  for (const { n, ...want } of wanted) {
    const version = found.get(JSON.stringify(want));
    const answer = answers[n];
    if (version && answer) answer[want.channel] = version;
  }
  return answers;
}

interface Found {
  want: string;
  id: string;
  key: string;
  channel: Channel;
  number: number;
  compiled: unknown;
}

const toVersion = (row: Found): TemplateVersion => ({
  templateId: row.id,
  key: row.key,
  channel: row.channel,
  number: row.number,
  compiled: row.compiled,
});

function named({ template, productId }: TemplateRequest, channel: Channel) {
  if ('id' in template) return { id: template.id, version: template.version ?? null };
  if ('versions' in template) {
    const { id = null, version = null } = template.versions[channel] ?? {};
    return { id, version };
  }
  const key = typeof template.keys === 'string' ? template.keys : (template.keys[channel] ?? null);
  return { key, product_id: productId ?? null };
}
