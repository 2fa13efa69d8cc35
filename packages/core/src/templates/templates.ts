import type { Channel } from '@halyard/contracts/primitives';
import type { TemplateInput } from '@halyard/contracts/templates/content';
import { TemplateContent } from '@halyard/contracts/templates/content';
import type {
  Template,
  TemplatePatch,
  TemplateQuery,
  TemplateSummary,
  TemplateVersion,
  TemplateVersionSummary,
  TextDiff,
} from '@halyard/contracts/templates/routes';
import type { Actor, AuditEntry } from '../actor.js';
import { DomainError, notFound } from '../domain-error.js';
import type { Ids, OrgId, ProductId, TemplateId } from '../ids.js';
import type { Page } from '../page.js';
import type { TemplateCompiler } from './compile.js';
import type { CompiledTemplate } from './compiled.js';
import { diffContents } from './diff.js';
import { lintTemplate } from './lint.js';

/** A version that is about to be stored. */
export interface NewVersion {
  content: TemplateContent['content'];
  compiled: CompiledTemplate;
  variables: string[];
}

export interface StoredVersion extends TemplateVersion {
  compiled: CompiledTemplate;
}

/** A template, one of its versions (the current one unless asked otherwise), and what its lint must know. */
export interface StoredTemplate {
  summary: TemplateSummary;
  version: StoredVersion;
  postalAddress: string | null;
}

/** What names a template beside its id. */
export interface TemplateName {
  key: string;
  channel: Channel;
  productId: ProductId | null;
}

/** What templates need of the database. Each call is one tenant transaction; `audit` is written in it. */
export interface TemplateStore {
  list(orgId: OrgId, query: TemplateQuery): Promise<Page<TemplateSummary>>;
  find(orgId: OrgId, id: TemplateId, version?: number): Promise<StoredTemplate | null>;
  versions(orgId: OrgId, id: TemplateId): Promise<TemplateVersionSummary[] | null>;
  /** Creates the template of this name with `id`, or adds a version to it unless its current one has this very content. */
  write(
    orgId: OrgId,
    id: TemplateId,
    template: TemplateName & { name?: string },
    version: NewVersion,
    actor: Actor,
  ): Promise<StoredTemplate>;
  update(
    orgId: OrgId,
    id: TemplateId,
    patch: { name?: string; product_id?: string | null; current_version?: number; archived?: boolean },
    audit: AuditEntry,
    version?: NewVersion,
  ): Promise<StoredTemplate | null>;
}

/** What messages say: content per channel and locale, in versions that never change. */
export class Templates {
  constructor(
    private readonly store: TemplateStore,
    private readonly compiler: TemplateCompiler,
    private readonly newId: Ids,
  ) {}

  list(orgId: OrgId, query: TemplateQuery): Promise<Page<TemplateSummary>> {
    return this.store.list(orgId, query);
  }

  async read(orgId: OrgId, id: TemplateId): Promise<Template> {
    return toTemplate(found(await this.store.find(orgId, id)));
  }

  async write(orgId: OrgId, input: TemplateInput, actor: Actor): Promise<Template> {
    const { key, name, channel, product_id } = input;
    const version = await this.#compile(input);
    const template = { key, channel, productId: product_id as ProductId | null, name };
    return toTemplate(await this.store.write(orgId, this.newId(), template, version, actor));
  }

  async update(orgId: OrgId, id: TemplateId, patch: TemplatePatch, actor: Actor): Promise<Template> {
    const { summary } = found(await this.store.find(orgId, id));
    const { content, ...rest } = patch;
    const version = content ? await this.#compile(parseContent(summary.channel, content)) : undefined;
    const audit = entry(actor, 'updated', id, { ...rest, ...(content ? { content: 'new version' } : {}) });
    return toTemplate(found(await this.store.update(orgId, id, rest, audit, version)));
  }

  async versions(orgId: OrgId, id: TemplateId): Promise<TemplateVersionSummary[]> {
    const versions = await this.store.versions(orgId, id);
    if (!versions) throw notFound('template');
    return versions;
  }

  async version(orgId: OrgId, id: TemplateId, number: number): Promise<TemplateVersion> {
    return found(await this.store.find(orgId, id, number)).version;
  }

  async diff(orgId: OrgId, id: TemplateId, from: number, to: number): Promise<TextDiff[]> {
    const [before, after] = [await this.version(orgId, id, from), await this.version(orgId, id, to)];
    return diffContents(before.content, after.content);
  }

  /** Makes an older version the current one; nothing is lost, newer versions stay. */
  async rollBack(orgId: OrgId, id: TemplateId, version: number, actor: Actor): Promise<Template> {
    await this.version(orgId, id, version);
    const audit = entry(actor, 'rolled_back', id, { version });
    return toTemplate(found(await this.store.update(orgId, id, { current_version: version }, audit)));
  }

  async archive(orgId: OrgId, id: TemplateId, archived: boolean, actor: Actor): Promise<TemplateSummary> {
    const audit = entry(actor, archived ? 'archived' : 'restored', id);
    return found(await this.store.update(orgId, id, { archived }, audit)).summary;
  }

  async #compile(input: TemplateContent): Promise<NewVersion> {
    const result = await this.compiler.compile(input);
    if (result.kind === 'invalid') {
      const first = result.issues[0];
      throw new DomainError(
        'invalid_template',
        first ? `${first.path}: ${first.message}` : 'The template has errors.',
        result.issues,
      );
    }
    return { content: input.content, compiled: result.compiled, variables: result.variables };
  }
}

function found<T>(stored: T | null): T {
  if (!stored) throw notFound('template');
  return stored;
}

function parseContent(channel: Channel, content: unknown): TemplateContent {
  const parsed = TemplateContent.safeParse({ channel, content });
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => ({
    path: ['body', ...path].join('.'),
    message,
  }));
  throw new DomainError('invalid_request', `The content is not that of a template for ${channel}.`, issues);
}

const toTemplate = ({ summary, version, postalAddress }: StoredTemplate): Template => ({
  ...summary,
  content: version.content,
  variables: version.variables,
  lint: lintTemplate(version.compiled, version.variables, {
    channel: summary.channel,
    organization: { postalAddress },
  }),
});

const entry = (
  actor: Actor,
  verb: string,
  id: TemplateId,
  changes?: Record<string, unknown>,
): AuditEntry => ({
  actor,
  action: `template.${verb}`,
  target: { type: 'template', id },
  changes,
});
