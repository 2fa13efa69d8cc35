import type { DestinationStream, Logger } from 'pino';
import { pino, stdTimeFunctions } from 'pino';
import { runningIds } from './request-context.js';

/** Property names whose values never reach a log, at the top and up to three levels down. */
const secretNames = new Set([
  'authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'password',
  'newPassword',
  'currentPassword',
  'token',
  'secret',
  'secrets',
  'api_key',
  'apiKey',
  'access_token',
  'refresh_token',
  'HALYARD_SECRET',
  'HALYARD_OLD_SECRETS',
  'HALYARD_ENCRYPTION_KEYS',
  'OPERATIONS_TOKEN',
  'DATABASE_URL',
  'REDIS_URL',
]);

/** One JSON line per entry, on standard output unless told otherwise; with the ids of the running request. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: undefined,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }), log: withoutSecrets },
    mixin: runningIds,
    serializers: { err: withoutAddressBook },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** Not by pino's redaction, which for so many names took 120 µs a line, and this with the line itself a few. */
function withoutSecrets(entry: Record<string, unknown>, levels = 3): Record<string, unknown> {
  let safe = entry;
  for (const [name, value] of Object.entries(entry)) {
    const shown = secretNames.has(name) ? '[hidden]' : below(value, levels);
    if (shown !== value) safe = { ...safe, [name]: shown };
  }
  return safe;
}

function below(value: unknown, levels: number): unknown {
  if (typeof value !== 'object' || value === null || levels === 0) return value;
  if (value instanceof Error || value instanceof Date) return value; // errors have a serializer
  if (Array.isArray(value)) return value.map((one) => below(one, levels - 1));
  return withoutSecrets(value as Record<string, unknown>, levels - 1);
}

/** Errors of libraries carry whole requests and connections with them; the log takes what says what happened. */
function withoutAddressBook(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { code, cause } = error as Error & { code?: unknown };
  return {
    type: error.name,
    message: scrubbed(error.message),
    stack: error.stack && scrubbed(error.stack),
    ...(typeof code === 'string' && { code }),
    ...(cause !== undefined && { cause: withoutAddressBook(cause) }),
  };
}

/** A database quotes what it could not take, however long that is. */
const longest = 10_000;

const between = '[ \\u00a0\\u202f()./\u2013-]{0,3}';
/** Neither within a word, an id, an IP address or a moment, nor the beginning of one. */
const alone = (number: string) => `(?<![\\w.:+-])${number}(?![\\w:-])`;

/**
 * Numbers of telephones as people and providers write them. What looks like one and is not, such as a day written with dots,
 * is hidden as well: in the words of an error it is missed by nobody.
 */
const phoneNumber = new RegExp(
  [
    `\\+\\d(?:${between}\\d){6,14}`, // +49 (0)171 392-00 12
    alone(`\\(?0(?:${between}\\d){7,14}`), // 0171/3920012, (0171) 39.20.012, 0049 171 3920012
    alone('\\(?[2-9]\\d{2}\\)?[ .-]{1,2}\\d{3}[ .-]\\d{4}'), // (555) 123-4567
    alone('\\d{11,15}'), // 491713920012, as providers want it
  ].join('|'),
  'g',
);

/**
 * Drivers and HTTP clients name URLs with credentials, databases and mail servers what they were given: addresses. The
 * patterns begin only where a word does, else a long one is searched again from each of its letters.
 */
export const scrubbed = (text: string): string =>
  text
    .slice(0, longest)
    .replace(/\b(\w+:\/\/[^\s:/@]*):[^\s@]+@/g, '$1:[hidden]@')
    .replace(/(?<![\p{L}\p{N}_.%+-])[\p{L}\p{N}_.%+-]+@(?!\[)[\p{L}\p{N}-]+\.[\p{L}\p{N}.-]+/gu, '[address]')
    .replace(phoneNumber, '[number]');
