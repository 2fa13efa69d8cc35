import { ConsentInput } from '@halyard/contracts/contacts/consents';
import { ContactInput } from '@halyard/contracts/contacts/contact';
import type { ImportMapping } from '@halyard/contracts/imports/routes';
import { Channel, IdentityKind } from '@halyard/contracts/primitives';
import { z } from 'zod';
import { hasKey } from '../contacts/contacts.js';
import type { FileRow } from './read-rows.js';

/** What a row says: a contact, and what it allows. */
export interface ImportedContact {
  input: ContactInput;
  consents: ConsentInput[];
}
export type MappedRow = { ok: true; contact: ImportedContact } | { ok: false; reason: string };

const fields = new Set([
  'external_id',
  'email',
  'phone',
  'first_name',
  'last_name',
  'locale',
  'time_zone',
  'country',
  'preferred_channel',
]);
const kinds: ReadonlySet<string> = new Set(IdentityKind.options);
const consentColumn = new RegExp(`^consent\\.(${[...Channel.options, '\\*'].join('|')})(?:\\.(.+))?$`);
const yes = /^(granted|yes|y|true|1|x|ja|j|opt[- ]?in)$/i;
const no = /^(withdrawn|no|n|false|0|nein|opt[- ]?out)$/i;

/** What a column means: as mapped, else by its header written as a field. Null: nothing is known of it. */
export function meaningOf(header: string, mapping: ImportMapping): string | null {
  const meaning =
    mapping[header] ??
    header
      .trim()
      .toLowerCase()
      .replaceAll(/[\s-]+/g, '_');
  const known =
    fields.has(meaning) ||
    kinds.has(meaning) ||
    /^attributes\..+/.test(meaning) ||
    consentColumn.test(meaning) ||
    ['consent_source', 'consent_at', 'ignore'].includes(meaning);
  // An export of ours is taken back: what is only information in it is left alone.
  const ours = ['id', 'identities', 'attributes', 'created_at', 'updated_at'].includes(meaning);
  return known || ours ? meaning : null;
}

/** As JSON writes them: U+0000 and halves of surrogate pairs, which PostgreSQL cannot store in text. */
const unstorable = /\\u(?:0000|d[89a-f][0-9a-f]{2})/;

/** Makes a contact of a row; says in one sentence what is wrong with it. Empty cells say nothing. */
export function mapRow(
  row: FileRow,
  format: 'csv' | 'ndjson',
  mapping: ImportMapping,
  defaults: { consentSource: string },
): MappedRow {
  if (row.problem) return { ok: false, reason: row.problem };
  if (unstorable.test(JSON.stringify(row.value)))
    return { ok: false, reason: 'This row holds the character U+0000 or half a character: remove it.' };
  const described = format === 'csv' ? fromCells(row.value, mapping, defaults) : fromJson(row.value);
  if ('reason' in described) return { ok: false, reason: described.reason };
  const input = ContactInput.safeParse(described.input);
  if (!input.success) return { ok: false, reason: sentenceOf(input.error) };
  const consents = z.array(ConsentInput).safeParse(described.consents);
  if (!consents.success) return { ok: false, reason: `consents: ${sentenceOf(consents.error)}` };
  if (consents.data.some(({ state }) => state === 'pending')) return { ok: false, reason: nobodyIsAsked };
  if (!hasKey(input.data))
    return {
      ok: false,
      reason: 'There is no external_id, email, phone or other address to know the contact by.',
    };
  return { ok: true, contact: { input: input.data, consents: consents.data } };
}

/** A file of addresses must not send thousands of unasked-for mails, and a question that nobody is asked stays open for good. */
const nobodyIsAsked =
  'consents: an import asks nobody, so "pending" would stay so. Import what they said (granted, withdrawn), or ask them with POST /contacts/{id}/consents.';

type Described = { input: unknown; consents: unknown } | { reason: string };

function fromJson({ consents, ...input }: Record<string, unknown>): Described {
  return { input, consents: consents ?? [] };
}

function fromCells(
  cells: Record<string, unknown>,
  mapping: ImportMapping,
  defaults: { consentSource: string },
): Described {
  const input: Record<string, unknown> = {};
  const attributes: Record<string, unknown> = {};
  const identities: { kind: string; address: string }[] = [];
  const consents: { channel: string; topic: string; state: string }[] = [];
  const proof: Record<string, string> = { consent_source: defaults.consentSource };
  for (const [header, cell] of Object.entries(cells)) {
    // The apostrophe is what our own export puts before what a spreadsheet would take for a formula.
    const text = String(cell ?? '')
      .trim()
      .replace(/^'(?=[=+\-@])/, '');
    const meaning = meaningOf(header, mapping);
    if (meaning === null || text === '') continue;
    const consent = consentColumn.exec(meaning);
    if (consent) {
      const state = yes.test(text) ? 'granted' : no.test(text) ? 'withdrawn' : null;
      if (!state) return { reason: `${header}: "${text}" is neither yes nor no.` };
      consents.push({ channel: consent[1] ?? '*', topic: consent[2] ?? '*', state });
    } else if (meaning === 'country') input.country = text.toUpperCase();
    else if (fields.has(meaning)) input[meaning] = text;
    else if (kinds.has(meaning)) identities.push({ kind: meaning, address: text });
    else if (meaning.startsWith('attributes.')) attributes[meaning.slice('attributes.'.length)] = text;
    else if (meaning === 'consent_source' || meaning === 'consent_at') proof[meaning] = text;
    else if (meaning === 'attributes' || meaning === 'identities') {
      const own = parseOwn(meaning, text);
      if (own === null) return { reason: `${header}: this is not the JSON that an export holds.` };
      if (meaning === 'attributes') Object.assign(attributes, own);
      else identities.push(...(own as typeof identities));
    }
  }
  const { consent_source: source, consent_at: occurred_at } = proof;
  return {
    input: { ...input, attributes, identities },
    consents: consents.map((one) => ({ ...one, source, ...(occurred_at && { occurred_at }) })),
  };
}

/** The two columns of our own export that hold JSON. */
function parseOwn(column: 'attributes' | 'identities', text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) === (column === 'identities') && value !== null && typeof value === 'object'
      ? value
      : null;
  } catch {
    return null;
  }
}

const sentenceOf = (error: z.ZodError): string =>
  error.issues.map((issue) => [issue.path.join('.'), issue.message].filter(Boolean).join(': ')).join('; ');
