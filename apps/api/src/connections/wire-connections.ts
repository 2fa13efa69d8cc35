import { randomBytes } from 'node:crypto';
import { DiscordWebhookProvider } from '@halyard/channels/discord/webhook';
import { SystemDns } from '@halyard/channels/dns/system-dns';
import { ResendProvider } from '@halyard/channels/email/resend';
import { SmtpProvider } from '@halyard/channels/email/smtp';
import { safeAgent } from '@halyard/channels/http/safe-agent';
import { N8nProvider } from '@halyard/channels/n8n/n8n';
import { ProviderRegistry } from '@halyard/channels/registry';
import { SandboxProvider } from '@halyard/channels/sandbox/sandbox';
import { SlackBotProvider } from '@halyard/channels/slack/bot';
import { SlackWebhookProvider } from '@halyard/channels/slack/webhook';
import { InfobipSmsProvider } from '@halyard/channels/sms/infobip';
import { TelegramBotProvider } from '@halyard/channels/telegram/bot';
import { InfobipWhatsAppProvider } from '@halyard/channels/whatsapp/infobip';
import { ClaimLoop } from '@halyard/core/claim-loop';
import { ConnectionTester } from '@halyard/core/connections/connection-tester';
import { Connections } from '@halyard/core/connections/connections';
import { ConnectionOpener } from '@halyard/core/connections/open-connection';
import { ReceiveReports } from '@halyard/core/connections/receive-reports';
import { SecretBox } from '@halyard/core/connections/secret-box';
import { SenderChecks } from '@halyard/core/connections/sender-checks';
import { ApplyReports } from '@halyard/core/delivery/apply-reports';
import { randomIds } from '@halyard/core/ids';
import { Sandbox } from '@halyard/core/sandbox/sandbox';
import { SandboxReports } from '@halyard/core/sandbox/sandbox-reports';
import type { LinkTokens } from '@halyard/core/tracking/link-tokens';
import { PgConnectionStore } from '@halyard/postgres/connections';
import { PgReportStore } from '@halyard/postgres/delivery/report-store';
import { PgSandboxInbox } from '@halyard/postgres/sandbox-inbox';
import { PgSandboxReportQueue } from '@halyard/postgres/sandbox-reports';
import { publicUrlOf } from '../access/public-url.js';
import { bind } from '../bind.js';
import type { Platform } from '../platform.js';
import { SandboxController } from '../sandbox/sandbox.controller.js';
import { ConnectionsController } from './connections.controller.js';
import { ProviderHooksController } from './provider-hooks.controller.js';

/** Providers, the connections of organizations to them, what they report, and the sandbox. */
export function wireConnections(platform: Platform, tokens: LinkTokens) {
  const { settings, app, clock, wakeups } = platform;
  const box = new SecretBox(settings.HALYARD_ENCRYPTION_KEYS);
  const opener = new ConnectionOpener(box, settings.PUBLIC_URL ?? null);
  const { registry, close } = openProviders(platform, tokens);
  const store = new PgConnectionStore(app);
  const startedBy = (parameter: string) => tokens.read('start', parameter)?.contactId ?? null;
  const reports = new ApplyReports(new PgReportStore(app), wakeups, platform, startedBy);
  const connections = new Connections(store, new ConnectionTester(registry.find, clock), {
    box,
    newId: randomIds,
    newToken: () => randomBytes(24).toString('base64url'),
    publicUrl: publicUrlOf(settings),
    reachableUrl: settings.PUBLIC_URL ?? null,
  });
  return {
    controllers: [ConnectionsController, ProviderHooksController, SandboxController],
    providers: [
      bind(connections),
      bind(new SenderChecks(store, opener, new SystemDns())),
      bind(new ReceiveReports(store, opener, registry.find, reports, clock)),
      bind(new Sandbox(new PgSandboxInbox(app), reports, clock)),
    ],
    loops: sandboxReportLoop(platform),
    services: [{ start: async () => {}, stop: close }],
    /** For the loops that deliver. */
    opener,
    findProvider: registry.find,
  };
}

function openProviders({ settings, app, worker, clock }: Platform, tokens: LinkTokens) {
  const allowPrivate = settings.HALYARD_ALLOW_PRIVATE_ADDRESSES;
  const agent = safeAgent({ allowPrivate, connections: 50, timeoutMs: 30_000 });
  const registry = new ProviderRegistry([
    new SmtpProvider({ allowPrivate }),
    new ResendProvider(agent),
    new InfobipSmsProvider(agent),
    new InfobipWhatsAppProvider(agent),
    new N8nProvider(agent, (orgId, attemptId) => tokens.url('attempt', { orgId, attemptId }), clock),
    new SlackWebhookProvider(agent),
    new SlackBotProvider(agent),
    new DiscordWebhookProvider(agent),
    new TelegramBotProvider(agent),
    new SandboxProvider(new PgSandboxInbox(worker ?? app), clock),
  ]);
  const close = async () => {
    await registry.close();
    await agent.close();
  };
  return { registry, close };
}

/** Plays the webhooks of the sandbox. */
function sandboxReportLoop(platform: Platform): ClaimLoop[] {
  const { worker, clock, wakeups, report } = platform;
  if (!worker) return [];
  const sink = new ApplyReports(new PgReportStore(worker), wakeups, platform);
  const reports = new SandboxReports(new PgSandboxReportQueue(worker), sink, clock);
  return [
    new ClaimLoop({
      name: 'report from the sandbox',
      kind: 'messages',
      work: (limit) => reports.work(limit),
      wakeups,
      clock,
      report,
      idleMs: 500,
    }),
  ];
}
