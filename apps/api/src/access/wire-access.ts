import { ApiKeys } from '@halyard/core/access/api-keys';
import { AttemptLimits } from '@halyard/core/access/attempt-limits';
import { randomSecrets } from '@halyard/core/access/secrets';
import { userActor } from '@halyard/core/actor';
import type { UserId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { Invitations } from '@halyard/core/organizations/invitations';
import { Members } from '@halyard/core/organizations/members';
import { Organizations } from '@halyard/core/organizations/organizations';
import { PgAccounts } from '@halyard/postgres/accounts';
import { PgApiKeyStore } from '@halyard/postgres/api-keys';
import { PgAttemptStore } from '@halyard/postgres/attempts';
import { PgAuditTrail } from '@halyard/postgres/audit-trail';
import { PgInvitationStore } from '@halyard/postgres/invitations';
import { PgMemberStore } from '@halyard/postgres/members';
import { PgOrganizationStore } from '@halyard/postgres/organizations';
import { PgRefreshTokens } from '@halyard/postgres/refresh-tokens';
import { PgSessions } from '@halyard/postgres/sessions';
import type { Provider, Type } from '@nestjs/common';
import { AuditController } from '../audit/audit.controller.js';
import { bind } from '../bind.js';
import { AUTHENTICATOR } from '../http/caller.js';
import { OwnOrigin } from '../http/own-origin.js';
import { RequestLimits } from '../http/request-limits.js';
import { InvitationsController } from '../organizations/invitations.controller.js';
import { MembersController } from '../organizations/members.controller.js';
import { OrganizationsController } from '../organizations/organizations.controller.js';
import type { Platform } from '../platform.js';
import { AccountController } from './account.controller.js';
import { AccountChanges } from './account-changes.js';
import { AccountLinksController } from './account-links.controller.js';
import { ApiKeysController } from './api-keys.controller.js';
import { createAuth } from './auth.js';
import { SessionAuthenticator } from './authenticator.js';
import { SessionCookies } from './cookies.js';
import { KeptAccountMail } from './kept-account-mail.js';
import { KeyCheck } from './key-check.js';
import { publicUrlOf } from './public-url.js';
import { SessionAnswers } from './session-answers.js';
import { SessionsController } from './sessions.controller.js';
import { SignInController } from './sign-in.controller.js';
import { SignIn } from './sign-in.js';
import { SmtpAccountMail } from './smtp-account-mail.js';
import { TokenCheck } from './token-check.js';

/** Sign-in, organizations and the audit log: the part of the wiring that every request passes. */
export function wireAccess({ settings, app, log, clock }: Platform): {
  controllers: Type[];
  providers: Provider[];
  onForget: SessionAuthenticator['onForget'];
} {
  const publicUrl = publicUrlOf(settings);
  const mail = settings.HALYARD_SMTP_URL
    ? new SmtpAccountMail(settings.HALYARD_SMTP_URL, settings.HALYARD_MAIL_FROM, log)
    : new KeptAccountMail(settings.HALYARD_MAIL_FILE, log);
  const fresh = { id: randomIds, secret: randomSecrets, clock };

  const sessions = new PgSessions(app);
  const accounts = new PgAccounts(app);
  const audit = new PgAuditTrail(app);
  const keyStore = new PgApiKeyStore(app);
  const limits = new AttemptLimits(new PgAttemptStore(app));
  const organizations = new Organizations(new PgOrganizationStore(app), randomIds);
  const invitations = new Invitations(new PgInvitationStore(app), mail, publicUrl, fresh);

  const auth = createAuth({
    pool: app.pool,
    publicUrl,
    secret: settings.HALYARD_SECRET,
    mail,
    log,
    linkFollowed: (user, action) => {
      const actor = userActor(user.id, user.email);
      const target = { type: 'user', id: user.id };
      return audit.recordForUser(user.id as UserId, { actor, action, target });
    },
  });
  const cookies = new SessionCookies(publicUrl);
  const answers = new SessionAnswers(auth, sessions, new PgRefreshTokens(app), cookies, fresh);
  const authenticator = new SessionAuthenticator(
    auth,
    sessions,
    new TokenCheck(auth, sessions),
    new KeyCheck(keyStore),
  );

  return {
    onForget: (listener) => authenticator.onForget(listener),
    controllers: [
      AccountController,
      AccountLinksController,
      ApiKeysController,
      AuditController,
      InvitationsController,
      MembersController,
      OrganizationsController,
      SessionsController,
      SignInController,
    ],
    providers: [
      { provide: AUTHENTICATOR, useValue: authenticator },
      bind(authenticator),
      bind(new OwnOrigin(publicUrl)),
      bind(new RequestLimits(settings.HALYARD_REQUESTS_PER_MINUTE)),
      bind(new AccountChanges(auth, limits, answers, sessions, { accounts, audit })),
      bind(new ApiKeys(keyStore, randomIds, randomSecrets, clock)),
      bind(new Members(new PgMemberStore(app))),
      bind(new SignIn(auth, limits, answers, cookies, { accounts, organizations, invitations })),
      bind(accounts),
      bind(audit),
      bind(cookies),
      bind(invitations),
      bind(limits),
      bind(organizations),
      bind(sessions),
    ],
  };
}
