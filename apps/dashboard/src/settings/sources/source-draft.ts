import type { Schema } from '@halyard/client/client';
import type { OutreachSource } from '../../data/settings';
import type { ColumnPart, Mapping } from './column-parts';
import { parts } from './column-parts';

export const channels = ['email', 'slack', 'discord', 'telegram'] as const;

/** A source as it stands in its form. */
export interface SourceDraft {
  name: string;
  /** Empty: as it was given before, which nobody can read again. */
  url: string;
  tls: OutreachSource['tls'];
  schema: string;
  table: string;
  mapping: Mapping;
  /** Of all rows, where no column says it. */
  channel: (typeof channels)[number];
  pending: string;
  poll_seconds: string;
}

export function draftOf(source: OutreachSource | null): SourceDraft {
  const held = { columns: source?.columns ?? {}, write_back: source?.write_back ?? {} };
  const columnOf = (part: ColumnPart) => {
    const [group, name] = part.split('.') as ['columns' | 'write_back', string];
    const column: unknown = Reflect.get(held[group], name);
    return typeof column === 'string' ? [[part, column] as const] : [];
  };
  return {
    name: source?.name ?? '',
    url: '',
    tls: source?.tls ?? 'verify',
    schema: source?.schema ?? 'public',
    table: source?.table ?? '',
    mapping: Object.fromEntries(parts.flatMap(columnOf)),
    channel: source?.defaults.channel ?? 'email',
    pending: source?.pending ?? 'pending',
    poll_seconds: String(source?.poll_seconds ?? 30),
  };
}

export const tableOf = ({ url, tls, schema, table }: SourceDraft) => ({
  ...(url.trim() && { url: url.trim() }),
  tls,
  schema: schema.trim(),
  table: table.trim(),
});

const group = (mapping: Mapping, name: string) =>
  Object.fromEntries(
    Object.entries(mapping).flatMap(([part, column]) =>
      part.startsWith(`${name}.`) ? [[part.slice(name.length + 1), column] as const] : [],
    ),
  );

/** `userId`: who writes, where no column says it. What is missing goes empty, which the API refuses at its field. */
export function mappingOf({ mapping, channel, pending }: SourceDraft, userId: string) {
  const columns = { id: '', body: '', ...group(mapping, 'columns') } as Schema<'OutreachSourceColumns'>;
  return {
    columns,
    write_back: { status: '', ...group(mapping, 'write_back') } as Schema<'OutreachSourceWriteBack'>,
    pending: pending.trim(),
    defaults: { ...(!columns.channel && { channel }), ...(!columns.user_id && { user_id: userId }) },
  };
}
