import { mjmlCompiler } from '@halyard/channels/email/mjml';
import { OrganizationPolicy } from '@halyard/contracts/organizations/policy';
import { Channel } from '@halyard/contracts/primitives';
import type { RecipeLocale } from '@halyard/contracts/recipes/recipe';
import { ManualClock } from '@halyard/core/clock';
import { Topics } from '@halyard/core/contacts/topics';
import { checkDefinition, errorsAmong } from '@halyard/core/flows/check';
import { checksInPlace, FlowChecks } from '@halyard/core/flows/flow-checks';
import { Flows } from '@halyard/core/flows/flows';
import type { Known } from '@halyard/core/flows/known';
import { knownTemplate } from '@halyard/core/flows/known';
import { Publishing } from '@halyard/core/flows/publishing';
import type { OrgId, TemplateId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { flowsOf, templatesOf } from '@halyard/core/recipes/recipe';
import { Recipes } from '@halyard/core/recipes/recipes';
import { TemplateCompiler } from '@halyard/core/templates/compile';
import { TemplatePreviews } from '@halyard/core/templates/previews';
import { TemplateRenderer } from '@halyard/core/templates/render';
import { Templates } from '@halyard/core/templates/templates';
import { LinkTokens } from '@halyard/core/tracking/link-tokens';
import { PgPublishingStore } from '@halyard/postgres/flow-versions';
import { PgFlowStore } from '@halyard/postgres/flows';
import { PgPreviewStore } from '@halyard/postgres/template-previews';
import { PgTemplateStore } from '@halyard/postgres/templates';
import type { TestDatabase } from '@halyard/postgres/testing/test-database';
import { openTestDatabase } from '@halyard/postgres/testing/test-database';
import { PgTopicStore } from '@halyard/postgres/topics';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RecipeFiles } from './recipe-files.js';

const shelf = new RecipeFiles();
const all = await shelf.all();
const locales: RecipeLocale[] = ['en', 'de'];
const actor = { type: 'user' as const, id: 'u1' };

let db: TestDatabase;
let recipes: Recipes;
let flows: Flows;
let templates: Templates;
const compiler = new TemplateCompiler(mjmlCompiler);
let previews: TemplatePreviews;
beforeAll(async () => {
  db = await openTestDatabase();
  const store = new PgFlowStore(db.app);
  const checks = new FlowChecks(store, checksInPlace);
  flows = new Flows(store, checks, randomIds);
  templates = new Templates(new PgTemplateStore(db.app), compiler, randomIds);
  const clock = new ManualClock(new Date('2026-05-01T09:00:00Z'));
  const renderer = new TemplateRenderer(new LinkTokens('a secret for tests', 'http://localhost:3000'));
  const wakeups = { poke: () => {}, listen: () => () => {} };
  previews = new TemplatePreviews(new PgPreviewStore(db.app), compiler, renderer, clock, wakeups);
  const publishing = new Publishing(new PgPublishingStore(db.app), checks, randomIds, clock);
  recipes = new Recipes(shelf, new Topics(new PgTopicStore(db.app)), templates, flows, publishing);
});
afterAll(() => db.drop());

test('the recipes that the README promises are there', () => {
  expect(all.map(({ key }) => key)).toEqual([
    'course-completed',
    'course-drip',
    'lesson-reminders',
    'review-request',
    'sailing-school',
    'welcome',
    'win-back',
  ]);
});

describe.each(all)('recipe $key', (recipe) => {
  test.each(locales)('has sound flows in %s, and topics and templates for all they name', async (locale) => {
    const compiled = await Promise.all(
      templatesOf(recipe, locale).map(async (template) => ({
        template,
        result: await compiler.compile(template),
      })),
    );
    const known: Known = {
      channels: new Set(Channel.options),
      workflowConnections: new Set(),
      templates: new Map(
        [...Map.groupBy(compiled, ({ template }) => template.key)].map(([key, group]) => [
          key,
          new Map(
            group.flatMap(({ template, result }) =>
              result.kind === 'compiled' ? [[template.channel, knownTemplate(result.compiled)] as const] : [],
            ),
          ),
        ]),
      ),
      flows: new Set(recipe.flows.map(({ key }) => key)),
      self: '',
      policy: OrganizationPolicy.parse({ caps: [{ messages: 1, per: 'P1D' }] }),
      timeZone: 'Europe/Berlin',
    };
    for (const { key, definition } of flowsOf(recipe, locale)) {
      expect(errorsAmong(checkDefinition(definition, { ...known, self: key }))).toEqual([]);
      const topics = definition.steps.flatMap((step) => (step.type === 'message' ? step.topic : []));
      for (const topic of topics) expect(recipe.topics.map((one) => one.key)).toContain(topic);
    }
  });

  test.each(locales)(
    'has templates that compile, without errors or warnings of the lint, in %s',
    async (locale) => {
      const school = await db.organization(`Lint ${recipe.key} ${locale}`);
      await db.app.forOrg(school, (tx) =>
        tx
          .updateTable('organization_settings')
          .set({ postal_address: 'Am Hafen 1, 17373 Ueckermünde' })
          .where('org_id', '=', school)
          .execute(),
      );
      for (const template of templatesOf(recipe, locale)) {
        const { lint } = await templates.write(school, template, actor);
        const brought = /moduleNumber|moduleIndex/;
        expect(lint.filter(({ severity, message }) => severity !== 'info' && !brought.test(message))).toEqual(
          [],
        );
      }
    },
  );

  test.each(locales)(
    'reads well in %s, for somebody whose name is known and for somebody whose name is not',
    async (locale) => {
      const school = await db.organization('Haff-Segeln');
      for (const template of templatesOf(recipe, locale))
        for (const firstName of ['Mia', null]) {
          const variables = { firstName, moduleNumber: 1, moduleIndex: 0 };
          const preview = await previews.previewDraft(school, {
            ...template,
            locale,
            variables,
            class: 'marketing',
          });
          expect(preview.error).toBeNull();
          const read = [preview.subject, preview.text, ...(preview.whatsapp_template?.body ?? [])].join('\n');
          expect(read).not.toMatch(/\{\{|\{%|undefined|\bnull\b| ,| {2}/);
          if (template.channel === 'email') expect(read.includes('Mia')).toBe(firstName === 'Mia');
          if (preview.sms) expect(preview.sms.segments).toBeLessThanOrEqual(2);
        }
    },
  );

  test('is installed by one call, and a second one changes nothing', async () => {
    const school = await db.organization(`School ${recipe.key}`);
    const first = await recipes.install(school, recipe.key, 'de', actor);
    expect(first.flows.map(({ status, created }) => ({ status, created }))).toEqual(
      recipe.flows.map(() => ({ status: 'live', created: true })),
    );
    const [flow] = (await flows.list(school, { limit: 200 })).items;
    expect(flow).toMatchObject({ recipe: recipe.key, live: [{ version: 1, weight: 100 }] });
    const again = await recipes.install(school, recipe.key, 'en', actor);
    const parts = [...again.topics, ...again.templates, ...again.flows];
    expect(parts.filter(({ created }) => created)).toEqual([]);
    expect(again.flows.map(({ id }) => id)).toEqual(first.flows.map(({ id }) => id));
    expect((await flows.list(school, { limit: 200 })).items).toHaveLength(recipe.flows.length);
  });
});

test('what somebody changed stays as they changed it', async () => {
  const school = await db.organization('Changed');
  const { templates: made } = await recipes.install(school, 'win-back', 'de', actor);
  const id = made[0]?.id as TemplateId;
  const locale = { subject: 'Ahoi', html: '<p>Komm wieder</p>' };
  await templates.update(school, id, { content: { default_locale: 'de', locales: { de: locale } } }, actor);
  await recipes.install(school, 'win-back', 'de', actor);
  expect((await templates.read(school, id)).current_version).toBe(2);
});

test('an unknown recipe is not found', async () => {
  const school: OrgId = await db.organization('Unknown');
  await expect(recipes.install(school, 'nothing', 'de', actor)).rejects.toMatchObject({ code: 'not_found' });
});
