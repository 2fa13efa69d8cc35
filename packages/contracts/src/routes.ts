import { courseRoutes, enrollmentRoutes } from './academy/routes.js';
import { apiKeyRoutes } from './access/api-keys.js';
import { accountLinkRoutes } from './access/links.js';
import { accessRoutes } from './access/routes.js';
import { alertRoutes, failureRoutes } from './alerts/routes.js';
import { alertRouteRoutes, alertRuleRoutes } from './alerts/setup-routes.js';
import { auditRoutes } from './audit/routes.js';
import { bookingRoutes } from './bookings/routes.js';
import { campaignRoutes } from './campaigns/routes.js';
import { hookRoutes } from './connections/hook-routes.js';
import { connectionRoutes } from './connections/routes.js';
import { suppressionRoutes, topicRoutes } from './contacts/consents.js';
import { consentRoutes, contactRoutes, mergeRoutes } from './contacts/routes.js';
import { eventRoutes } from './events/routes.js';
import { explainRoutes } from './explain/routes.js';
import { flowRoutes } from './flows/routes.js';
import { runRoutes } from './flows/runs.js';
import { workflowCallRoutes } from './flows/workflow-calls.js';
import { handoverRoutes } from './handovers/routes.js';
import { importRoutes } from './imports/routes.js';
import { inboundHookRoutes } from './inbound-hooks/routes.js';
import { liveRoutes } from './live/routes.js';
import { messageRoutes } from './messages/routes.js';
import { memberRoutes } from './organizations/members.js';
import { organizationRoutes } from './organizations/routes.js';
import { deliveryRoutes, endpointRoutes } from './outbox/routes.js';
import { outreachRoutes } from './outreach/routes.js';
import { outreachSourceRoutes } from './outreach/source-routes.js';
import { overviewRoutes } from './overview/routes.js';
import { planRoutes } from './plans/routes.js';
import { productRoutes } from './products/routes.js';
import { recipeRoutes } from './recipes/routes.js';
import { reviewRoutes } from './review/routes.js';
import type { Route } from './route.js';
import { sandboxRoutes } from './sandbox/routes.js';
import { simulateRoutes } from './simulate/routes.js';
import { templateRoutes } from './templates/routes.js';
import { trackingRoutes } from './tracking/routes.js';

/** The route table: every route of the API, by feature. */
export const routes: readonly Route[] = [
  accessRoutes,
  accountLinkRoutes,
  apiKeyRoutes,
  organizationRoutes,
  memberRoutes,
  auditRoutes,
  contactRoutes,
  consentRoutes,
  mergeRoutes,
  topicRoutes,
  suppressionRoutes,
  importRoutes,
  endpointRoutes,
  deliveryRoutes,
  productRoutes,
  bookingRoutes,
  courseRoutes,
  enrollmentRoutes,
  eventRoutes,
  outreachRoutes,
  outreachSourceRoutes,
  handoverRoutes,
  campaignRoutes,
  planRoutes,
  templateRoutes,
  flowRoutes,
  runRoutes,
  workflowCallRoutes,
  inboundHookRoutes,
  simulateRoutes,
  recipeRoutes,
  trackingRoutes,
  messageRoutes,
  explainRoutes,
  reviewRoutes,
  connectionRoutes,
  hookRoutes,
  sandboxRoutes,
  liveRoutes,
  overviewRoutes,
  alertRoutes,
  alertRuleRoutes,
  alertRouteRoutes,
  failureRoutes,
].flatMap((feature) => Object.values(feature) as Route[]);
