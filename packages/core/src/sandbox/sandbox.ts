import type {
  SandboxAction,
  SandboxMessage,
  SandboxMessageDetail,
  SandboxQuery,
} from '@halyard/contracts/sandbox/routes';
import type { Clock } from '../clock.js';
import type { ReportSink } from '../connections/report-sink.js';
import type { ProviderReport } from '../delivery/provider.js';
import { notFound } from '../domain-error.js';
import type { ConnectionId, MessageId, OrgId } from '../ids.js';
import { randomIds } from '../ids.js';
import type { Page } from '../page.js';

/** What reading the inbox needs of the database. */
export interface SandboxStore {
  list(orgId: OrgId, query: SandboxQuery): Promise<Page<SandboxMessage>>;
  find(orgId: OrgId, id: string): Promise<SandboxMessageDetail | null>;
  clear(orgId: OrgId): Promise<void>;
}

/** The sandbox as its recipients see it: an inbox to look into, and to answer from. */
export class Sandbox {
  constructor(
    private readonly store: SandboxStore,
    private readonly sink: ReportSink,
    private readonly clock: Clock,
  ) {}

  list(orgId: OrgId, query: SandboxQuery): Promise<Page<SandboxMessage>> {
    return this.store.list(orgId, query);
  }

  async read(orgId: OrgId, id: string): Promise<SandboxMessageDetail> {
    const message = await this.store.find(orgId, id);
    if (!message) throw notFound('message in the sandbox inbox');
    return message;
  }

  clear(orgId: OrgId): Promise<void> {
    return this.store.clear(orgId);
  }

  /** Does what the recipient would do; it takes effect just as a provider's report of it. */
  async act(orgId: OrgId, id: string, action: SandboxAction): Promise<void> {
    const message = await this.read(orgId, id);
    const report: ProviderReport = {
      key: `sandbox:${randomIds()}`,
      ...reported(action),
      occurredAt: this.clock.now(),
      messageId: message.message_id as MessageId,
      channel: message.channel,
      address: message.recipient,
      byHand: true,
      raw: action,
    };
    await this.sink.apply(orgId, message.connection_id as ConnectionId, [report]);
  }
}

function reported(action: SandboxAction): Pick<ProviderReport, 'type' | 'detail' | 'text'> {
  switch (action.action) {
    case 'open':
      return { type: 'opened' };
    case 'click':
      return { type: 'clicked', ...(action.url ? { detail: action.url } : {}) };
    case 'reply':
      return { type: 'inbound', text: action.text };
    case 'bounce':
      return { type: 'bounced', detail: '550 5.1.1 Bounced by hand in the sandbox.' };
    case 'complain':
      return { type: 'complained', detail: 'Complained of by hand in the sandbox.' };
    case 'unsubscribe':
      return { type: 'unsubscribed', detail: 'Unsubscribed by hand in the sandbox.' };
  }
}
