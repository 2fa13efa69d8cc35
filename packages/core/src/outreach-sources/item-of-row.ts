import { createHash } from 'node:crypto';
import { OutreachItem } from '@halyard/contracts/outreach/item';
import type { SourceSettings } from '@halyard/contracts/outreach/source';
import { tellMissing } from '@halyard/contracts/tell-missing';
import type { OrgId, OutreachSourceId } from '../ids.js';
import type { OtherRow } from './other-table.js';
import { mostRowBytes } from './other-table.js';

// As the contract takes them; another spelling is a text like any other.
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** The id of the item that a row is: its own where it is a UUID, else one that follows from the source and the row. */
export function itemIdOf(sourceId: OutreachSourceId, rowId: string): string {
  if (uuid.test(rowId)) return rowId.toLowerCase();
  const hash = createHash('sha256').update(`${sourceId}/${rowId}`).digest('hex');
  // RFC 9562, section 5.8: version 8, whose bits are ours to choose.
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

const channels = ['slack', 'discord', 'telegram'] as const;

interface Mapped {
  orgId: OrgId;
  id: OutreachSourceId;
  settings: SourceSettings;
}

/** What is said of a row of which nothing was read. */
export const tooLarge = `The columns of this row hold more than ${mostRowBytes} bytes together; no item may.`;

/** The outreach item that a row is, or what is wrong with it as one, and with which part of it. */
export function triedRow(source: Mapped, row: OtherRow) {
  if (row.row_too_large) return { item: null, field: null, problem: tooLarge };
  const { data, error } = OutreachItem.safeParse(itemOfRow(source, row), { error: tellMissing });
  const [issue] = error?.issues ?? [];
  if (!issue) return { item: data ?? null, field: null, problem: null };
  const field = issue.path.join('.');
  return { item: null, field, problem: `${field}: ${issue.message}` };
}

/** An outreach item as a row says it; whether it is one is checked as for one that is pushed. */
export function itemOfRow({ orgId, id, settings }: Mapped, row: OtherRow): Record<string, unknown> {
  const { defaults } = settings;
  const own = Object.fromEntries(
    [...channels, 'crm_contact_id'].flatMap((name) => (given(row[name]) ? [[name, text(row[name])]] : [])),
  );
  const others = typeof row.external_ids === 'object' && row.external_ids !== null ? row.external_ids : {};
  return {
    id: itemIdOf(id, row.row_id),
    tenant_id: given(row.tenant_id) ? text(row.tenant_id) : orgId,
    user_id: given(row.user_id) ? text(row.user_id) : defaults.user_id,
    channel: given(row.channel) ? row.channel : defaults.channel,
    subject: given(row.subject) ? text(row.subject) : '',
    body: row.body,
    target: {
      ...(given(row.email) && { email: text(row.email) }),
      ...(given(row.name) && { name: text(row.name) }),
      external_ids: { ...others, ...own },
    },
    schedule_at: moment(row.schedule_at),
    sequence_id: given(row.sequence_id) ? text(row.sequence_id) : null,
    step: given(row.step) ? Number(row.step) : 1,
  };
}

const given = (value: unknown): boolean => value !== null && value !== undefined && value !== '';

const text = (value: unknown): string => String(value);

/** A text is left for the check of the item to judge. */
function moment(value: unknown): unknown {
  if (!given(value)) return null;
  if (!(value instanceof Date)) return value;
  return Number.isNaN(value.getTime()) ? 'infinity' : value.toISOString();
}
