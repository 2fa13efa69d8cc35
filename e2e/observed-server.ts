import { createLog } from '@halyard/api/operations/log';
import { startServer } from '@halyard/api/server';
import { testSettings } from '@halyard/api/testing/test-settings';
import { scopes } from '@halyard/contracts/route';
import { ApiKeys } from '@halyard/core/access/api-keys';
import { randomSecrets } from '@halyard/core/access/secrets';
import { automation } from '@halyard/core/actor';
import { systemClock } from '@halyard/core/clock';
import { randomIds } from '@halyard/core/ids';
import { PgApiKeyStore } from '@halyard/postgres/api-keys';
import { openTestDatabase } from '@halyard/postgres/testing/test-database';
import { expect } from 'vitest';
import type { Observer } from './observer.js';
import { startObserver } from './observer.js';

/** A whole server of which everything is kept that it tells: its lines, and by OTLP its spans and numbers. */
export interface ObservedServer {
  url: string;
  /** The API key of its caller. */
  key: string;
  observer: Observer;
  lines: Record<string, unknown>[];
  /** Calls it with the key; a body that is a string goes as it is. Fails where it refuses. */
  call<T>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<T>;
  stop(): Promise<void>;
}

export async function startObservedServer(): Promise<ObservedServer> {
  const [db, observer] = await Promise.all([openTestDatabase(), startObserver()]);
  Object.assign(process.env, {
    OTEL_EXPORTER_OTLP_ENDPOINT: observer.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_BSP_SCHEDULE_DELAY: '50',
    OTEL_METRIC_EXPORT_INTERVAL: '500',
    OTEL_METRIC_EXPORT_TIMEOUT: '500',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
  });
  const keys = new ApiKeys(new PgApiKeyStore(db.app), randomIds, randomSecrets, systemClock);
  const everything = { name: 'test', scopes: [...scopes], expires_at: null };
  const { key } = await keys.create(await db.organization(), everything, automation('test'));
  const lines: Record<string, unknown>[] = [];
  const log = createLog('debug', { write: (line) => void lines.push(JSON.parse(line)) });
  const settings = testSettings(db, { HALYARD_ALLOW_PRIVATE_ADDRESSES: 'true' });
  const task = new URL('../apps/api/src/testing/task-from-sources.ts', import.meta.url);
  const server = await startServer(settings, log, task);
  return {
    url: server.url,
    key,
    observer,
    lines,
    async call(method, path, body, headers = {}) {
      const response = await fetch(server.url + path, {
        method,
        headers: { 'x-api-key': key, 'content-type': 'application/json', ...headers },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      expect(response.status, text).toBeLessThan(300);
      return text ? JSON.parse(text) : null;
    },
    async stop() {
      await server.stop();
      await observer.close();
      await db.drop();
    },
  };
}
