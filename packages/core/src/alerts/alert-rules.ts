import type { AlertRule, AlertRuleInput, DefaultAlertRule } from '@halyard/contracts/alerts/rule';
import type { Actor, AuditEntry } from '../actor.js';
import type { Wakeups } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import { DomainError, notFound } from '../domain-error.js';
import type { Ids, OrgId } from '../ids.js';
import type { Page, PageRequest } from '../page.js';
import { defaultRules } from './default-rules.js';
import type { AlertRuleId } from './rule.js';

export interface NewRule {
  id: AlertRuleId;
  /** Of a default rule. */
  key: string | null;
  input: AlertRuleInput;
}

/** What rules need of the database. Each call is one tenant transaction; `audit` is written in it. */
export interface AlertRuleStore {
  list(orgId: OrgId, page: PageRequest): Promise<Page<AlertRule>>;
  find(orgId: OrgId, id: AlertRuleId): Promise<AlertRule | null>;
  insert(orgId: OrgId, rule: NewRule, audit: AuditEntry): Promise<AlertRule>;
  /** Those whose key is not there yet. */
  install(orgId: OrgId, rules: readonly NewRule[], actor: Actor): Promise<AlertRule[]>;
  keys(orgId: OrgId): Promise<string[]>;
  /** Resolves its open alerts when it is disabled by it. */
  update(
    orgId: OrgId,
    id: AlertRuleId,
    input: AlertRuleInput,
    now: Date,
    audit: AuditEntry,
  ): Promise<AlertRule | null>;
  /** Resolves its open alerts. */
  remove(orgId: OrgId, id: AlertRuleId, now: Date, audit: AuditEntry): Promise<boolean>;
}

/** What is watched, and when it becomes an alert. */
export class AlertRules {
  constructor(
    private readonly store: AlertRuleStore,
    private readonly newId: Ids,
    private readonly clock: Clock,
    private readonly wakeups: Wakeups,
  ) {}

  list(orgId: OrgId, page: PageRequest): Promise<Page<AlertRule>> {
    return this.store.list(orgId, page);
  }

  async read(orgId: OrgId, id: AlertRuleId): Promise<AlertRule> {
    return found(await this.store.find(orgId, id));
  }

  create(orgId: OrgId, input: AlertRuleInput, actor: Actor): Promise<AlertRule> {
    const id = this.newId<AlertRuleId>();
    return this.store.insert(orgId, { id, key: null, input }, entry(actor, 'created', id, input));
  }

  async update(orgId: OrgId, id: AlertRuleId, input: AlertRuleInput, actor: Actor): Promise<AlertRule> {
    const audit = entry(actor, 'updated', id, input);
    const rule = found(await this.store.update(orgId, id, input, this.clock.now(), audit));
    this.wakeups.poke('outbox');
    return rule;
  }

  async remove(orgId: OrgId, id: AlertRuleId, actor: Actor): Promise<void> {
    const removed = await this.store.remove(orgId, id, this.clock.now(), entry(actor, 'removed', id));
    if (!removed) throw notFound('alert rule');
    this.wakeups.poke('outbox');
  }

  async offered(orgId: OrgId): Promise<DefaultAlertRule[]> {
    const installed = new Set(await this.store.keys(orgId));
    return Object.entries(defaultRules).map(([key, rule]) => ({
      ...rule,
      key,
      installed: installed.has(key),
    }));
  }

  /** All that are missing when no key is given. Answers those that were installed now. */
  install(orgId: OrgId, keys: readonly string[] | undefined, actor: Actor): Promise<AlertRule[]> {
    const chosen = keys ?? Object.keys(defaultRules);
    const rules = chosen.map((key) => {
      const input = defaultRules[key];
      if (!input)
        throw new DomainError('invalid_request', `There is no default rule ${key}.`, [
          { path: 'body.keys', message: `Choose among ${Object.keys(defaultRules).join(', ')}.` },
        ]);
      return { id: this.newId<AlertRuleId>(), key, input };
    });
    return this.store.install(orgId, rules, actor);
  }
}

function found(rule: AlertRule | null): AlertRule {
  if (rule === null) throw notFound('alert rule');
  return rule;
}

export const entry = (
  actor: Actor,
  verb: 'created' | 'updated' | 'removed',
  id: AlertRuleId,
  input?: AlertRuleInput,
): AuditEntry => ({
  actor,
  action: `alert_rule.${verb}`,
  target: { type: 'alert_rule', id },
  ...(input && { changes: { ...input } }),
});
