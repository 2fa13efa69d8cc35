/** What a column of the other table can hold: what is read of an item, and what is written of its fate. */
export const parts = [
  'columns.id',
  'columns.email',
  'columns.name',
  'columns.subject',
  'columns.body',
  'columns.channel',
  'columns.schedule_at',
  'columns.slack',
  'columns.discord',
  'columns.telegram',
  'columns.sequence_id',
  'columns.step',
  'columns.user_id',
  'columns.tenant_id',
  'columns.crm_contact_id',
  'columns.external_ids',
  'write_back.status',
  'write_back.error',
  'write_back.updated_at',
  'write_back.sent_at',
  'write_back.delivered_at',
  'write_back.message_id',
] as const;

export type ColumnPart = (typeof parts)[number];

/** Which column holds what; as the API has it, so that what is not touched stays. */
export type Mapping = Readonly<Partial<Record<ColumnPart, string>>>;

/** Without these no row can be taken. */
export const needed = ['columns.id', 'columns.body', 'write_back.status'] as const satisfies ColumnPart[];

export const partOf = (mapping: Mapping, column: string): ColumnPart | '' =>
  parts.find((part) => mapping[part] === column) ?? '';

/** The column means this, and nothing else; what meant it before means nothing any more. */
export function withMeaning(mapping: Mapping, column: string, part: ColumnPart | ''): Mapping {
  const others = Object.entries(mapping).filter(([name, held]) => held !== column && name !== part);
  return { ...(Object.fromEntries(others) as Mapping), ...(part && { [part]: column }) };
}

interface LookedAt {
  name: string;
  type: string;
  key: boolean;
}

const names: Readonly<Partial<Record<ColumnPart, RegExp>>> = {
  'columns.email': /^(.*_)?e?mail(_?address|_?adresse)?$/,
  'columns.name': /^((full|recipient|contact)_?)?name$/,
  'columns.subject': /^(subject|title|betreff|titel|headline)$/,
  'columns.body': /^(body|text|content|message|inhalt|nachricht|(mail|message)_?(body|text))$/,
  'columns.channel': /^(channel|kanal|medium)$/,
  'columns.schedule_at': /^(schedul\w*|send_?(at|on|after)|due(_?at)?|planned_?at|geplant\w*)$/,
  'columns.slack': /^slack\w*$/,
  'columns.discord': /^discord\w*$/,
  'columns.telegram': /^telegram\w*$/,
  'columns.sequence_id': /^sequence(_?id)?$/,
  'columns.step': /^(step|schritt)(_?(number|no|nr))?$/,
  'columns.user_id': /^user(_?id)?$/,
  'columns.tenant_id': /^(tenant|mandant)(_?id)?$/,
  'columns.crm_contact_id': /^crm(_?contact)?(_?id)?$/,
  'columns.external_ids': /^external_?ids$/,
  'write_back.status': /^(status|state|zustand)$/,
  'write_back.error': /^(last_?)?(error|fehler)(_?(text|message))?$/,
  'write_back.updated_at': /^(updated|changed|modified|geaendert)(_?(at|on|am))?$/,
  'write_back.sent_at': /^(sent|gesendet)(_?(at|on|am))?$/,
  'write_back.delivered_at': /^(delivered|zugestellt)(_?(at|on|am))?$/,
  'write_back.message_id': /^(halyard_?)?message_?id$/,
};

/** Hold ids as texts: a number would be refused. */
const identifiers: ReadonlySet<string> = new Set([
  'columns.sequence_id',
  'columns.user_id',
  'columns.tenant_id',
  'write_back.message_id',
]);

/** Fills in what nobody has chosen yet: the primary key, and columns that are called as what they hold. */
export function guessed(mapping: Mapping, columns: readonly LookedAt[]): Mapping {
  let next = mapping;
  const free = ({ name }: LookedAt) => partOf(next, name) === '';
  const take = (part: ColumnPart, column: LookedAt | undefined) => {
    if (column && next[part] === undefined) next = { ...next, [part]: column.name };
  };
  const keys = columns.filter(({ key }) => key);
  if (keys.length === 1) take('columns.id', keys[0]);
  for (const part of parts) {
    const fits = ({ name, type }: LookedAt) =>
      names[part]?.test(name.toLowerCase()) &&
      (!identifiers.has(part) || /^(uuid|text|character)/.test(type));
    take(part, columns.filter(free).find(fits));
  }
  return next;
}
