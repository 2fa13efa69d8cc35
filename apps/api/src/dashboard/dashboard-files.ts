import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { StartFailure } from '../start-failure.js';

/** A file of the built dashboard, as it is sent. */
export interface DashboardFile {
  type: string;
  body: Buffer;
  /** The body, compressed; null where that gains nothing. */
  gzipped: Buffer | null;
  etag: string;
  /** Its name holds the hash of what is in it: it never changes. */
  immutable: boolean;
  /** The Content-Security-Policy of a page; null for what is none. */
  policy: string | null;
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/**
 * Every file of a built dashboard by the address it is served at. All of it is read at the start (about 2 MB): what is
 * not in the list cannot be asked for, whatever the address looks like.
 */
export async function readDashboard(folder: string): Promise<ReadonlyMap<string, DashboardFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = new Map<string, DashboardFile>();
  for (const entry of entries) {
    const type = types[extname(entry.name)];
    if (!entry.isFile() || !type) continue;
    const file = join(entry.parentPath, entry.name);
    const address = `/${relative(folder, file).split(sep).join('/')}`;
    files.set(address.replace(/\.html$/, ''), await toSend(address, type, await readFile(file)));
  }
  if (!files.has('/en'))
    throw new StartFailure(
      `There is no built dashboard in ${folder}. Build it with: node scripts/build-dashboard.ts`,
    );
  return files;
}

async function toSend(address: string, type: string, body: Buffer): Promise<DashboardFile> {
  return {
    type,
    body,
    gzipped: type === types['.woff2'] ? null : await promisify(gzip)(body, { level: 9 }),
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    immutable: address.startsWith('/_next/static/'),
    policy: type === types['.html'] ? policyOf(body.toString()) : null,
  };
}

/** Scripts are ours, or those that stand in the page: their hashes are named, so that no other can run. */
function policyOf(html: string): string {
  const inline = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)];
  const hashes = inline.map(
    ([, code = '']) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`,
  );
  return [
    "default-src 'none'",
    `script-src 'self' ${[...new Set(hashes)].join(' ')}`,
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ');
}
