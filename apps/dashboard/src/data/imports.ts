import type { Schema } from '@halyard/client/client';
import { queryOptions } from '@tanstack/react-query';
import type { Mapping } from '../imports/guess-meaning';
import type { OpenFile } from '../imports/open-file';
import { bytesOf } from '../imports/open-file';
import { parseCsv } from '../imports/parse-csv';
import { halyard } from './halyard';
import { pagesQuery } from './pages';
import { answerOf } from './problem';

export type Import = Schema<'Import'>;

export const isMoving = ({ status }: Import): boolean =>
  status === 'uploading' || status === 'queued' || status === 'running';

/** How often an import under way is looked at: nobody is told of its steps. */
const whileMoving = 700;

export const importsQuery = pagesQuery(['imports'], (at) =>
  answerOf(halyard.GET('/imports', { params: { query: { limit: 25, ...at } } })),
);

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ['imports', id],
    queryFn: () => answerOf(halyard.GET('/imports/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data && isMoving(state.data) ? whileMoving : false),
  });

export const rejectsFile = (id: string): string => `/api/imports/${id}/rejects`;

export interface Reject {
  line: string;
  reason: string;
  row: string;
}

const shownRejects = 100;
const enoughBytes = 512 * 1024;

/** The first rejected rows. There may be a hundred megabytes of them: no more is read than is shown. */
export const rejectsQuery = (id: string) =>
  queryOptions({
    queryKey: ['imports', id, 'rejects'],
    queryFn: async (): Promise<Reject[]> => {
      const answer = halyard.GET('/imports/{id}/rejects', { params: { path: { id } }, parseAs: 'stream' });
      const text = await beginningOf((await answerOf(answer)) as ReadableStream<Uint8Array<ArrayBuffer>>);
      const [, ...rows] = parseCsv(text, shownRejects + 1, ',');
      return rows.map(([line = '', reason = '', row = '']) => ({ line, reason, row }));
    },
    staleTime: Number.POSITIVE_INFINITY,
  });

async function beginningOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let text = '';
  while (text.length < enoughBytes) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
  }
  await reader.cancel();
  return text;
}

const types = { csv: 'text/csv', ndjson: 'application/x-ndjson' } as const;

interface Upload {
  opened: OpenFile;
  mapping: Mapping;
  dryRun: boolean;
  consentSource: string;
}

/** Sends a file to be checked (`dryRun`) or imported. */
export async function sendFile({ opened, mapping, dryRun, consentSource }: Upload): Promise<Import> {
  const bytes = await bytesOf(opened);
  const query = {
    file_name: opened.file.name,
    ...(dryRun && { dry_run: 'true' }),
    ...(opened.format === 'csv' && { mapping: JSON.stringify(mapping) }),
    ...(consentSource.trim() && { consent_source: consentSource.trim() }),
  };
  // The file is read from the disk as it is sent; the client's own body would be a string in memory.
  const sent = { body: '', bodySerializer: () => bytes, headers: { 'content-type': types[opened.format] } };
  return answerOf(halyard.POST('/imports', { params: { query }, ...sent }));
}
