import type { Consents } from '@halyard/core/contacts/consents';
import { Confirmations } from '@halyard/core/tracking/confirmations';
import { Engagements } from '@halyard/core/tracking/engagement';
import type { LinkTokens } from '@halyard/core/tracking/link-tokens';
import { Preferences } from '@halyard/core/tracking/preferences';
import { PgConfirmationStore } from '@halyard/postgres/confirmations';
import { PgEngagementStore } from '@halyard/postgres/engagements';
import { PgPreferenceStore } from '@halyard/postgres/preferences';
import { bind } from '../bind.js';
import type { Platform } from '../platform.js';
import { ConfirmationsController } from './confirmations.controller.js';
import { EngagementController } from './engagement.controller.js';
import { PreferencesController } from './preferences.controller.js';

/** What the links in messages lead to: the pixel, clicks, the unsubscribe page, the confirmation of double opt-in. */
export function wireTracking(
  { app, wakeups, clock }: Pick<Platform, 'app' | 'wakeups' | 'clock'>,
  tokens: LinkTokens,
  consents: Consents,
) {
  return {
    controllers: [EngagementController, PreferencesController, ConfirmationsController],
    providers: [
      bind(new Engagements(tokens, new PgEngagementStore(app), wakeups, clock)),
      bind(new Preferences(tokens, new PgPreferenceStore(app), wakeups, clock)),
      bind(new Confirmations(tokens, new PgConfirmationStore(app), consents)),
    ],
  };
}
