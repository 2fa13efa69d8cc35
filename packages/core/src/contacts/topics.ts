import type { Topic, TopicInput, TopicPatch } from '@halyard/contracts/contacts/consents';
import type { Actor, AuditEntry } from '../actor.js';
import { DomainError, notFound } from '../domain-error.js';
import type { OrgId } from '../ids.js';

/** What topics need of the database. Each call is one tenant transaction; `audit` is written in it. */
export interface TopicStore {
  list(orgId: OrgId): Promise<Topic[]>;
  insert(orgId: OrgId, input: TopicInput, audit: AuditEntry): Promise<Topic>;
  update(orgId: OrgId, key: string, patch: TopicPatch, audit: AuditEntry): Promise<Topic | null>;
  remove(orgId: OrgId, key: string, audit: AuditEntry): Promise<'removed' | 'missing' | 'in_use'>;
}

/** What contacts can consent to, beside the channel: news, offers, course updates. */
export class Topics {
  constructor(private readonly store: TopicStore) {}

  list(orgId: OrgId): Promise<Topic[]> {
    return this.store.list(orgId);
  }

  create(orgId: OrgId, input: TopicInput, actor: Actor): Promise<Topic> {
    return this.store.insert(orgId, input, entry(actor, 'created', input.key, input));
  }

  async update(orgId: OrgId, key: string, patch: TopicPatch, actor: Actor): Promise<Topic> {
    const topic = await this.store.update(orgId, key, patch, entry(actor, 'updated', key, patch));
    if (!topic) throw notFound('topic');
    return topic;
  }

  async remove(orgId: OrgId, key: string, actor: Actor): Promise<void> {
    const result = await this.store.remove(orgId, key, entry(actor, 'removed', key));
    if (result === 'missing') throw notFound('topic');
    if (result === 'in_use')
      throw new DomainError(
        'invalid_state',
        'Consents name this topic: it stays, so that what people said can be read.',
      );
  }
}

const entry = (actor: Actor, verb: string, key: string, changes?: Record<string, unknown>): AuditEntry => ({
  actor,
  action: `topic.${verb}`,
  target: { type: 'topic', id: key },
  changes,
});
