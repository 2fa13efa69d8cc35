import type { OpenConnection } from './provider.js';

/** Its messages wait until a workflow of n8n claims them: Halyard calls nobody, so no breaker tells how it fares. */
export const isPulled = ({ provider, settings }: Pick<OpenConnection, 'provider' | 'settings'>): boolean =>
  provider === 'n8n' && settings.mode === 'pull';
