import { isUtf8 } from 'node:buffer';
import type { Info, Parser } from 'csv-parse';
import { parse } from 'csv-parse';

/** A row of a file as it was written. `line` is where it begins, from 1; `bytes` how far the file is read with it. */
export interface FileRow {
  line: number;
  raw: string;
  bytes: number;
  /** CSV: cells by header. NDJSON: the parsed object, checked by nobody yet. */
  value: Record<string, unknown>;
  problem?: string;
}

/** The file as a whole cannot be read; the message says why. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}

const longestRow = 1024 * 1024;

/** Rows of a file of any size, one at a time. Throws UnreadableFile when no further row can be made out. */
export function readRows(format: 'csv' | 'ndjson', bytes: AsyncIterable<Buffer>): AsyncGenerator<FileRow> {
  return format === 'csv' ? readCsv(bytes) : readNdjson(bytes);
}

interface CsvRecord {
  record: Record<string, string>;
  raw: string;
  info: Info & { error?: { code: string } };
}

async function* readCsv(bytes: AsyncIterable<Buffer>): AsyncGenerator<FileRow> {
  const { first, all } = await peek(bytes);
  const parser = parse({
    delimiter: delimiterOf(first),
    bom: true,
    columns: (header: string[]) => header.map((name) => name.trim()),
    info: true,
    raw: true,
    // A row with too many cells or a stray quote is that row's problem; skipping it here would lose the next one too.
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: longestRow,
  });
  let next = 2; // the header is line 1
  for await (const { record, raw, info } of parsed(parser, all)) {
    // Counted here: the parser takes a line break inside a cell for two lines when it is CRLF. Empty lines before the
    // record are part of `raw`.
    const text = raw.replaceAll(/\r\n?/g, '\n');
    const empty = /^\n*/.exec(text)?.[0].length ?? 0;
    const line = next + empty;
    next += text.split('\n').length - 1;
    const bare = text.slice(empty).replace(/\n$/, '');
    yield { line, raw: bare, bytes: info.bytes, value: record, problem: problemOf(bare, info) };
  }
}

/**
 * Feeds the parser piece by piece and hands out what it made of each: as a stream it would drop the rows before an error
 * together with the error's piece.
 */
async function* parsed(parser: Parser, bytes: AsyncIterable<Buffer>): AsyncGenerator<CsvRecord> {
  let records: CsvRecord[] = [];
  let failure: Error | undefined;
  parser.on('data', (record: CsvRecord) => records.push(record));
  parser.on('error', (error: Error) => {
    failure = error;
  });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  const taken = () => {
    const some = records;
    records = [];
    return some;
  };
  for await (const piece of bytes) {
    await new Promise((resolve) => parser.write(piece, resolve));
    await settled();
    yield* taken();
    if (failure) throw unreadable(failure);
  }
  await new Promise<void>((resolve) => {
    parser.once('close', resolve);
    parser.end();
  });
  yield* taken();
  if (failure) throw unreadable(failure);
}

const problemOf = (raw: string, { error }: CsvRecord['info']): string | undefined => {
  if (raw.includes('\ufffd')) return notUtf8;
  if (error) return 'This row has more or fewer cells than the header.';
  return undefined;
};

const notUtf8 = 'This row is not UTF-8. Save the file as UTF-8 ("CSV UTF-8" in spreadsheets).';

function unreadable(error: unknown): Error {
  const { code, message, lines } = error as Error & { code?: string; lines?: number };
  if (code === 'CSV_QUOTE_NOT_CLOSED')
    return new UnreadableFile(
      `A quotation mark is opened and never closed (the file ends in line ${lines}).`,
    );
  if (code === 'CSV_MAX_RECORD_SIZE')
    return new UnreadableFile(
      `A row is longer than 1 MB${lines ? ` (near line ${lines})` : ''}. Is a quotation mark not closed?`,
    );
  if (code?.startsWith('CSV_')) return new UnreadableFile(message);
  return error as Error;
}

/** Comma, semicolon (as spreadsheets write in much of Europe) or tab: what the header has most of. */
function delimiterOf(start: Buffer): string {
  const [header = ''] = start.toString().split(/\r?\n/, 1);
  const bare = header.replace(/"[^"]*"/g, '');
  const count = (mark: string) => bare.split(mark).length;
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

async function peek(bytes: AsyncIterable<Buffer>): Promise<{ first: Buffer; all: AsyncIterable<Buffer> }> {
  const iterator = bytes[Symbol.asyncIterator]();
  const start = await iterator.next();
  const first = start.done ? Buffer.alloc(0) : start.value;
  async function* all() {
    if (!start.done) yield first;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  }
  return { first, all: all() };
}

async function* readNdjson(bytes: AsyncIterable<Buffer>): AsyncGenerator<FileRow> {
  let line = 0;
  let read = 0;
  for await (const ended of linesOf(bytes)) {
    line += 1;
    read += ended.length;
    const raw = ended
      .toString()
      .replace(/\r?\n$/, '')
      .replace(/^\ufeff/, '');
    if (raw.trim() === '') continue;
    const value = parseObject(raw);
    const problem = value ? undefined : 'This line is not a JSON object.';
    yield { line, raw, bytes: read, value: value ?? {}, problem: isUtf8(ended) ? problem : notUtf8 };
  }
}

/** Lines with their ends. By hand, as readline also ends them at U+2028, which may stand in JSON, and keeps any length. */
async function* linesOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0);
  let line = 1;
  for await (const piece of bytes) {
    let from = 0;
    for (let end = piece.indexOf(10); end !== -1; end = piece.indexOf(10, from)) {
      yield Buffer.concat([rest, piece.subarray(from, end + 1)]);
      rest = Buffer.alloc(0);
      from = end + 1;
      line += 1;
    }
    rest = Buffer.concat([rest, piece.subarray(from)]);
    if (rest.length > longestRow)
      throw new UnreadableFile(`Line ${line} is longer than 1 MB. Write one JSON object a line.`);
  }
  if (rest.length) yield rest;
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
