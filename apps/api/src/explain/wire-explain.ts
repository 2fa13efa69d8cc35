import { ExplainFlows } from '@halyard/core/explain/explain-flows';
import { ExplainMessages } from '@halyard/core/explain/explain-messages';
import { PgExplainStore } from '@halyard/postgres/explain/explain-store';
import { bind } from '../bind.js';
import type { Platform } from '../platform.js';
import { ExplainController } from './explain.controller.js';

/** Why messages and contacts are where they are. */
export function wireExplain({ app, clock }: Pick<Platform, 'app' | 'clock'>) {
  const store = new PgExplainStore(app);
  return {
    controllers: [ExplainController],
    providers: [bind(new ExplainMessages(store)), bind(new ExplainFlows(store, clock))],
  };
}
