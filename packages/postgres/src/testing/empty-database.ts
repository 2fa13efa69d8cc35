import { randomUUID } from 'node:crypto';
import { inject, onTestFinished } from 'vitest';
import { dropDatabase, onServer } from './test-database.js';

/** The owner's URL of a database with nothing in it, for the test that asks for it. */
export async function emptyDatabase(): Promise<string> {
  const { url } = inject('databaseServer');
  const name = `r_${randomUUID().replaceAll('-', '')}`;
  await onServer(url, `create database ${name}`);
  onTestFinished(() => dropDatabase(url, name));
  return url.replace(/\/[^/]*$/, `/${name}`);
}
