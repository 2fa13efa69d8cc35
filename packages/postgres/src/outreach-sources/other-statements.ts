import type { OpenSource, OpenTable, RowFate } from '@halyard/core/outreach-sources/other-table';
import { mostRowBytes } from '@halyard/core/outreach-sources/other-table';
import { escapeIdentifier } from 'pg';

export interface Statement {
  text: string;
  values: unknown[];
}

/** Every name comes from whoever set the source up, so every one is quoted as an identifier; values are parameters. */
const tableOf = ({ settings }: OpenTable): string =>
  `${escapeIdentifier(settings.schema)}.${escapeIdentifier(settings.table)}`;

/** Rows that wait and are this organization's, in the order of their keys. */
function waiting({ settings, tenants }: OpenSource): Statement {
  const { columns, write_back, pending } = settings;
  const mine = columns.tenant_id ? ` and theirs.${escapeIdentifier(columns.tenant_id)}::text = any ($2)` : '';
  return {
    text: `theirs.${escapeIdentifier(write_back.status)} = $1${mine}`,
    values: columns.tenant_id ? [pending, tenants] : [pending],
  };
}

/** Locked until the transaction ends; those that somebody else has are passed over. Needs the right to update them. */
export function lockWaiting(source: OpenSource, limit: number, except: readonly string[] = []): Statement {
  const { id, ...others } = source.settings.columns;
  const selected = Object.entries(others)
    .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
    .map(([name, column]) => ({
      name: escapeIdentifier(name),
      column: `theirs.${escapeIdentifier(column)}`,
    }));
  const fitting = selected.map(({ name, column }) => `case when not size.over then ${column} end as ${name}`);
  const bytes = selected.map(({ column }) => `coalesce(octet_length(${column}::text), 0)::bigint`);
  const { text, values } = waiting(source);
  const key = `theirs.${escapeIdentifier(id)}`;
  return {
    text: `select ${[`${key}::text as row_id`, 'size.over as row_too_large', ...fitting].join(', ')}
      from ${tableOf(source)} theirs
      cross join lateral (select ${bytes.join(' + ')} > ${mostRowBytes} as over) size
      where ${text} and ${key}::text <> all ($${values.length + 1}::text[])
      order by ${key} limit ${Math.trunc(limit)} for update of theirs skip locked`,
    values: [...values, except],
  };
}

export function countWaiting(source: OpenSource, most: number): Statement {
  const { text, values } = waiting(source);
  return {
    text: `select count(*)::int as n from (select from ${tableOf(source)} theirs where ${text} limit ${Math.trunc(most)}) counted`,
    values,
  };
}

/** May stand there of a poll that was ended between its write and the word of it, while the message went on since. */
const passing = ['waiting', 'scheduled', 'sending', 'sent', 'delivered', 'unknown', 'dead'];

/** Says what became of one row; with `from` only where it still stands so, or as we may have written it since. */
export function writeFate(source: OpenSource, fate: RowFate, now: Date, from?: string): Statement {
  const { columns, write_back, pending } = source.settings;
  const values: unknown[] = [];
  const parameter = (value: unknown): string => `$${values.push(value)}`;
  const told: [string | undefined, unknown][] = [
    [write_back.status, fate.status],
    [write_back.error, fate.error],
    [write_back.updated_at, now],
    [write_back.sent_at, fate.sentAt],
    [write_back.delivered_at, fate.deliveredAt],
    [write_back.message_id, fate.messageId],
  ];
  const set = told.flatMap(([column, value]) =>
    column ? [`${escapeIdentifier(column)} = ${parameter(value)}`] : [],
  );
  const ours = [from, fate.status, ...passing].filter((one) => one !== pending);
  const unchanged =
    from === undefined
      ? ''
      : ` and ${escapeIdentifier(write_back.status)}::text = any (${parameter(ours)}::text[])`;
  return {
    text: `update ${tableOf(source)} set ${set.join(', ')}
      where ${escapeIdentifier(columns.id)} = ${parameter(fate.rowId)}${unchanged} returning 1`,
    values,
  };
}

export interface OtherColumn {
  name: string;
  type: string;
  /** Of the primary key. */
  key: boolean;
}

/** Those that the user may read, in their order. */
export const columnsOf = (table: OpenTable): Statement => ({
  text: `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type, k.indrelid is not null as key
    from pg_attribute a
    left join pg_index k on k.indrelid = a.attrelid and k.indisprimary and a.attnum = any (k.indkey)
    where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped
      and has_column_privilege(a.attrelid, a.attnum, 'select')
    order by a.attnum`,
  values: [tableOf(table)],
});

const shownRows = 3;
const shownLetters = 120;

/** A few rows, as texts that are cut; the greatest keys first, which mostly are the newest. */
export function someRows(table: OpenTable, columns: readonly OtherColumn[]): Statement {
  const cells = columns.map(({ name }) => `left(${escapeIdentifier(name)}::text, ${shownLetters})`);
  const keys = columns.filter(({ key }) => key).map(({ name }) => `${escapeIdentifier(name)} desc`);
  const order = keys.length > 0 ? `order by ${keys.join(', ')}` : '';
  return {
    text: `select array[${cells.join(', ')}] as cells from ${tableOf(table)} ${order} limit ${shownRows}`,
    values: [],
  };
}
