import { DomainError } from '../domain-error.js';

export interface ServerAddress {
  host: string;
  port: number;
  database: string;
  user: string;
  password: string;
}

/** The parts of a connection string. What stands behind `?` is not taken: TLS has a setting of its own. */
export function parseServer(given: string): ServerAddress {
  const url = URL.parse(given);
  const database = decode(url?.pathname.slice(1) ?? '');
  if (!url?.hostname || !database)
    throw new DomainError('invalid_request', 'Use postgres://user:password@host:5432/database.', [
      { path: 'body.url', message: 'not the address of a PostgreSQL database' },
    ]);
  return {
    host: decode(url.hostname).replace(/^\[|\]$/g, ''),
    port: url.port ? Number(url.port) : 5432,
    database,
    user: decode(url.username),
    password: decode(url.password),
  };
}

/** Where it is, without who logs in. */
export function serverOf(url: string): string {
  const { host, port, database } = parseServer(url);
  return `${host}:${port}/${database}`;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
