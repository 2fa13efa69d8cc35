import { test } from 'vitest';
import { openTestDatabase } from './test-database.js';

/** A test on a database of its file's own. */
export const databaseTest = test
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern what a fixture needs
  .extend('db', { scope: 'file' }, async ({}, { onCleanup }) => {
    const db = await openTestDatabase();
    onCleanup(() => db.drop());
    return db;
  });
