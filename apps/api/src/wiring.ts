import type { ClaimLoop } from '@halyard/core/claim-loop';
import { Backlog } from '@halyard/core/events/backlog';
import { Idempotency } from '@halyard/core/idempotency/idempotency';
import { randomIds } from '@halyard/core/ids';
import { Products } from '@halyard/core/products/products';
import { Retention } from '@halyard/core/retention/retention';
import { TemplateRenderer } from '@halyard/core/templates/render';
import { LinkTokens } from '@halyard/core/tracking/link-tokens';
import { PgBacklogStore } from '@halyard/postgres/backlog';
import { PgIdempotencyStore } from '@halyard/postgres/idempotency';
import { PgProductStore } from '@halyard/postgres/products';
import { PgRetentionStore } from '@halyard/postgres/retention/retention-store';
import type { Provider, Type } from '@nestjs/common';
import { wireAcademy } from './academy/wire-academy.js';
import { publicUrlOf } from './access/public-url.js';
import { wireAccess } from './access/wire-access.js';
import { wireAlerts } from './alerts/wire-alerts.js';
import { bind } from './bind.js';
import { wireCampaigns } from './campaigns/wire-campaigns.js';
import { wireConnections } from './connections/wire-connections.js';
import { wireContacts } from './contacts/wire-contacts.js';
import { wireDelivery } from './delivery/wire-delivery.js';
import { wireExplain } from './explain/wire-explain.js';
import { wireFlows } from './flows/wire-flows.js';
import { wireHandovers } from './handovers/wire-handovers.js';
import { WorkUnderWay } from './http/work-under-way.js';
import { wireImports } from './imports/wire-imports.js';
import { acceptedKinds } from './inbound-hooks/accepted-kinds.js';
import { wireInboundHooks } from './inbound-hooks/wire-inbound-hooks.js';
import { wireIntake } from './intake/wire-intake.js';
import { wireLive } from './live/wire-live.js';
import { wireMessages } from './messages/wire-messages.js';
import { wireOutbox } from './outbox/wire-outbox.js';
import { wireOutreachSources } from './outreach-sources/wire-outreach-sources.js';
import { wireOverview } from './overview/wire-overview.js';
import type { Platform } from './platform.js';
import { ProductsController } from './products/products.controller.js';
import { wireRecipes } from './recipes/wire-recipes.js';
import { RetentionService } from './retention/retention-service.js';
import type { Service } from './service.js';
import { wireSimulate } from './simulate/wire-simulate.js';
import { wireTemplates } from './templates/wire-templates.js';
import { wireTracking } from './tracking/wire-tracking.js';
import { wireWorkflowCalls } from './workflow-calls/wire-workflow-calls.js';

/** Everything that is bound together in this process: the one place where use cases meet their adapters. */
export interface Wiring {
  controllers: Type[];
  providers: Provider[];
  /** The requests that are being answered. */
  work: WorkUnderWay;
  loops: ClaimLoop[];
  /** What runs beside the loops: started after them, stopped before the platform closes. */
  services: Service[];
}

/** Of bodies that are being read and parsed. */
const mostBytes = 64 * 1_048_576;

/** What processes of tasks run; tests run it from the sources. */
const taskMain = new URL('./tasks/task-main.js', import.meta.url);

export function wire(platform: Platform, task: URL = taskMain): Wiring {
  const { settings, app } = platform;
  const publicUrl = publicUrlOf(settings);
  const access = wireAccess(platform);
  const intake = wireIntake(platform);
  const academy = wireAcademy(platform);
  const linkTokens = new LinkTokens(settings.HALYARD_SECRET, publicUrl, settings.HALYARD_OLD_SECRETS);
  const contacts = wireContacts(platform, linkTokens);
  const imports = wireImports(platform);
  const campaigns = wireCampaigns(platform);
  const outbox = wireOutbox(platform);
  const connections = wireConnections(platform, linkTokens);
  const products = new Products(
    new PgProductStore(app, randomIds),
    randomIds,
    platform.clock,
    platform.wakeups,
  );

  const flows = wireFlows(platform, task);
  const renderer = new TemplateRenderer(linkTokens);
  const templates = wireTemplates(platform, renderer);
  const simulate = wireSimulate(platform, task, {
    databaseUrl: settings.DATABASE_URL,
    secret: settings.HALYARD_SECRET,
    publicUrl,
  });
  const recipes = wireRecipes(platform, templates.templates, flows);

  const { opener, findProvider } = connections;
  const workflowCalls = wireWorkflowCalls(platform, linkTokens, opener);
  const delivery = wireDelivery(platform, { renderer, findProvider, opener });
  const outreachSources = wireOutreachSources(platform, intake.outreach);
  const handovers = wireHandovers(platform, { renderer, findProvider, opener, tokens: linkTokens });
  const messages = wireMessages(platform, intake.outreach, intake.batches);
  const explain = wireExplain(platform);
  const overview = wireOverview(platform);
  const alerts = wireAlerts(platform);
  const live = wireLive(platform, access.onForget);
  const tracking = wireTracking(platform, linkTokens, contacts.consents);

  const { worker, clock, log, metrics } = platform;
  const retention = worker
    ? [
        new RetentionService(
          new Retention(new PgRetentionStore(worker), settings.HALYARD_RETENTION_DAYS, clock, metrics),
          log,
        ),
      ]
    : [];

  const backlog = new Backlog(new PgBacklogStore(app), settings.HALYARD_UNDECIDED_EVENTS);
  const idempotency = new Idempotency(new PgIdempotencyStore(app));
  const inboundHooks = wireInboundHooks(
    platform,
    acceptedKinds({
      ...intake,
      contacts: contacts.contacts,
      failures: alerts.failures,
      enrollments: academy.enrollments,
    }),
    {
      backlog,
      idempotency,
    },
  );
  const work = new WorkUnderWay({ requests: settings.HALYARD_REQUESTS_AT_ONCE, bytes: mostBytes });

  return {
    work,
    controllers: [
      ...access.controllers,
      ...intake.controllers,
      ...academy.controllers,
      ...contacts.controllers,
      ...imports.controllers,
      ...campaigns.controllers,
      ...outbox.controllers,
      ...connections.controllers,
      ...handovers.controllers,
      ...outreachSources.controllers,
      ProductsController,
      ...templates.controllers,
      ...flows.controllers,
      ...simulate.controllers,
      ...recipes.controllers,
      ...tracking.controllers,
      ...messages.controllers,
      ...explain.controllers,
      ...live.controllers,
      ...overview.controllers,
      ...alerts.controllers,
      ...workflowCalls.controllers,
      ...inboundHooks.controllers,
    ],
    providers: [
      ...access.providers,
      ...intake.providers,
      ...academy.providers,
      ...contacts.providers,
      ...imports.providers,
      ...campaigns.providers,
      ...outbox.providers,
      ...connections.providers,
      ...handovers.providers,
      ...outreachSources.providers,
      bind(products),
      ...templates.providers,
      ...flows.providers,
      ...simulate.providers,
      ...recipes.providers,
      ...tracking.providers,
      ...messages.providers,
      ...explain.providers,
      ...live.providers,
      ...overview.providers,
      ...alerts.providers,
      ...workflowCalls.providers,
      ...inboundHooks.providers,
      bind(work),
      bind(backlog),
      bind(idempotency),
    ],
    loops: [
      ...campaigns.loops,
      ...outbox.loops,
      ...connections.loops,
      ...intake.loops,
      ...workflowCalls.loops,
      ...delivery,
    ],
    services: [
      ...imports.services,
      ...outreachSources.services,
      ...campaigns.services,
      ...outbox.services,
      ...connections.services,
      ...overview.services,
      ...alerts.services,
      ...workflowCalls.services,
      ...retention,
    ],
  };
}
