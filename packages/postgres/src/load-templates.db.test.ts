import type { OrgId, ProductId, TemplateId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadTemplates } from './load-templates.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';

let db: TestDatabase;
let school: OrgId;
const product = randomIds<ProductId>();
beforeAll(async () => {
  db = await openTestDatabase();
  school = await db.organization();
  await db.owner.query(`insert into products (org_id, id, name) values ($1, $2, 'SKS')`, [school, product]);
});
afterAll(() => db.drop());

async function write(key: string, channel: string, versions: number, productId: ProductId | null = null) {
  const id = randomIds<TemplateId>();
  await db.owner.query(
    `insert into templates (org_id, id, key, name, channel, product_id, current_version) values ($1, $2, $3, $3, $4, $5, $6)`,
    [school, id, key, channel, productId, versions],
  );
  for (let n = 1; n <= versions; n++)
    await db.owner.query(
      `insert into template_versions (org_id, template_id, number, content, compiled) values ($1, $2, $3, '{}', $4)`,
      [school, id, n, { n }],
    );
  return id;
}

const load = (
  template: Parameters<typeof loadTemplates>[1][number]['template'],
  orgId = school,
  productId?: ProductId,
) =>
  db.worker.across(async (tx) => {
    const [found] = await loadTemplates(tx, [{ orgId, template, channels: ['email', 'sms'], productId }]);
    return found;
  });

test('a key stands for the current version of the template on each channel', async () => {
  const email = await write('invite', 'email', 2);
  const sms = await write('invite', 'sms', 1);
  expect(await load({ keys: 'invite' })).toEqual({
    email: { templateId: email, key: 'invite', channel: 'email', number: 2, compiled: { n: 2 } },
    sms: { templateId: sms, key: 'invite', channel: 'sms', number: 1, compiled: { n: 1 } },
  });
  expect(await load({ keys: { sms: 'invite' } })).toMatchObject({ sms: { templateId: sms } });
  expect(await load({ keys: 'none' })).toEqual({});
});

test('an id may name an older version', async () => {
  const id = await write('older', 'email', 3);
  expect(await load({ id, version: 1 })).toMatchObject({ email: { number: 1 } });
  expect(await load({ id })).toMatchObject({ email: { number: 3 } });
});

test('a product’s own wording comes before the general one', async () => {
  const general = await write('thanks', 'email', 1);
  const own = await write('thanks', 'email', 1, product);
  expect(await load({ keys: 'thanks' })).toMatchObject({ email: { templateId: general } });
  expect(await load({ keys: 'thanks' }, school, product)).toMatchObject({ email: { templateId: own } });
});

test('another organization’s template is never found, by key or by id', async () => {
  const other = await db.organization('Another school');
  const id = await write('secret', 'email', 1);
  expect(await load({ keys: 'secret' }, other)).toEqual({});
  expect(await load({ id }, other)).toEqual({});
});
