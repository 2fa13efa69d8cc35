import { HttpPulseProbe } from '@halyard/channels/http/probe-pulse';
import { safeAgent } from '@halyard/channels/http/safe-agent';
import { AlertRoutes } from '@halyard/core/alerts/alert-routes';
import { AlertRules } from '@halyard/core/alerts/alert-rules';
import { Alerts } from '@halyard/core/alerts/alerts';
import { EvaluateAlerts } from '@halyard/core/alerts/evaluate-alerts';
import { Failures } from '@halyard/core/alerts/failures';
import { JobFailures } from '@halyard/core/alerts/job-failures';
import { randomIds } from '@halyard/core/ids';
import { PgAlertRouteStore } from '@halyard/postgres/alerts/alert-routes';
import { PgAlertRuleStore } from '@halyard/postgres/alerts/alert-rules';
import { PgAlertStore } from '@halyard/postgres/alerts/alerts';
import { PgEvaluationStore } from '@halyard/postgres/alerts/evaluation';
import { PgFailureStore } from '@halyard/postgres/alerts/failures';
import { PgHealthStore } from '@halyard/postgres/alerts/health';
import { PgJobFailureStore } from '@halyard/postgres/alerts/job-failures';
import type { AlertUrl } from '@halyard/postgres/alerts/make-notification';
import type { Database } from '@halyard/postgres/database';
import { publicUrlOf } from '../access/public-url.js';
import { bind } from '../bind.js';
import { AlertWorker, BullEvaluationQueue } from '../jobs/alert-jobs.js';
import { Jobs } from '../jobs/job-queue.js';
import type { Platform } from '../platform.js';
import type { Service } from '../service.js';
import { AlertSetupController } from './alert-setup.controller.js';
import { AlertsController } from './alerts.controller.js';

/** Alerts, what is watched, who is told, the failure log, and the job that evaluates. */
export function wireAlerts(platform: Platform) {
  const { settings, app, worker, wakeups, clock } = platform;
  const publicUrl = publicUrlOf(settings);
  const urlOf: AlertUrl = (id, locale) =>
    `${publicUrl}/${/^de\b/.test(locale) ? 'de' : 'en'}/alerts?id=${id}`; // a page of the dashboard
  const failures = new Failures(new PgFailureStore(app), clock, wakeups);
  return {
    controllers: [AlertsController, AlertSetupController],
    providers: [
      bind(new Alerts(new PgAlertStore(app), clock, wakeups)),
      bind(new AlertRules(new PgAlertRuleStore(app), randomIds, clock, wakeups)),
      bind(new AlertRoutes(new PgAlertRouteStore(app, urlOf), randomIds, clock, wakeups)),
      bind(failures),
    ],
    services: worker ? evaluationOf(platform, worker, urlOf) : [],
    /** For other ways in: hooks. */
    failures,
  };
}

function evaluationOf(platform: Platform, worker: Database, urlOf: AlertUrl): Service[] {
  const { settings, wakeups, clock, log, metrics, tracing } = platform;
  const everyMs = settings.HALYARD_ALERT_SECONDS * 1_000;
  const jobs = new Jobs({ databaseUrl: settings.DATABASE_URL, redisUrl: settings.REDIS_URL }, tracing);
  const queue = new BullEvaluationQueue(jobs, log);
  const probe = new HttpPulseProbe(safeAgent({ allowPrivate: settings.HALYARD_ALLOW_PRIVATE_ADDRESSES }));
  const store = new PgEvaluationStore(worker, urlOf);
  const evaluate = new EvaluateAlerts(store, new PgHealthStore(worker), probe, clock, wakeups, everyMs);
  const failures = new JobFailures(new PgJobFailureStore(worker), clock, wakeups, log);
  return [
    new AlertWorker({ jobs, queue, evaluate, failures, log, metrics, everyMs }),
    // After the worker, which puts into it until its end.
    { start: async () => {}, stop: () => queue.close() },
  ];
}
