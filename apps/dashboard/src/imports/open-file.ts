import { parseCsv } from './parse-csv';

/** A file that was chosen, and how it begins. */
export interface OpenFile {
  file: File;
  format: 'csv' | 'ndjson';
  /** Written by an old spreadsheet: not in UTF-8, and made so before it is sent. */
  legacy: boolean;
  headers: string[];
  /** The first rows; of NDJSON with the values of each object by its headers. */
  rows: string[][];
}

/** Why a file cannot be imported. */
export type Unusable = 'spreadsheet' | 'kind' | 'large' | 'empty';

/** The largest file that an import takes, as the API says it. */
export const largestMegabytes = 100;

const formats: Readonly<Record<string, OpenFile['format']>> = {
  csv: 'csv',
  tsv: 'csv',
  txt: 'csv',
  ndjson: 'ndjson',
  jsonl: 'ndjson',
};
const headBytes = 256 * 1024;
const shownRows = 5;

/** Looks at how a file begins; the rest of it is not read. */
export async function openFile(file: File): Promise<OpenFile | Unusable> {
  const ending = file.name.split('.').at(-1)?.toLowerCase() ?? '';
  const format = formats[ending];
  if (/^(xlsx?|ods|numbers)$/.test(ending)) return 'spreadsheet';
  if (!format) return 'kind';
  if (file.size > largestMegabytes * 1024 * 1024) return 'large';
  const head = await file.slice(0, headBytes).arrayBuffer();
  const { text, legacy } = decoded(head, file.size > headBytes);
  const looked = format === 'csv' ? lookAtCsv(text) : lookAtNdjson(text);
  return looked.headers.length === 0 ? 'empty' : { file, format, legacy, ...looked };
}

function decoded(bytes: ArrayBuffer, cut: boolean): { text: string; legacy: boolean } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: cut }), legacy: false };
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), legacy: true };
  }
}

function lookAtCsv(text: string): Pick<OpenFile, 'headers' | 'rows'> {
  const [headers = [], ...rows] = parseCsv(text, shownRows + 1);
  return { headers: headers.map((header) => header.trim()), rows };
}

function lookAtNdjson(text: string): Pick<OpenFile, 'headers' | 'rows'> {
  const lines = text
    .split('\n', shownRows)
    .filter((line) => line.trim())
    .flatMap(parsed);
  const headers = [...new Set(lines.flatMap((line) => Object.keys(line)))];
  const cell = (value: unknown) =>
    typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
  return { headers, rows: lines.map((line) => headers.map((header) => cell(line[header]))) };
}

function parsed(line: string): Record<string, unknown>[] {
  try {
    const value: unknown = JSON.parse(line);
    return value !== null && typeof value === 'object' ? [value as Record<string, unknown>] : [];
  } catch {
    return []; // the check tells of it
  }
}

/** What is sent: the file as it lies there, or written anew in UTF-8. */
export async function bytesOf({ file, legacy }: OpenFile): Promise<Blob> {
  return legacy ? new Blob([new TextDecoder('windows-1252').decode(await file.arrayBuffer())]) : file;
}
