import type { SendOutcome } from '@halyard/core/delivery/provider';

/** docs.slack.dev/reference/methods/chat.postMessage, "Errors". */
const accountRefused = new Set([
  'access_denied',
  'accesslimited',
  'account_inactive',
  'deprecated_endpoint',
  'ekm_access_denied',
  'enterprise_is_restricted',
  'invalid_auth',
  'method_deprecated',
  'missing_scope',
  'no_permission',
  'not_allowed_token_type',
  'not_authed',
  'org_login_required',
  'team_access_not_granted',
  'token_expired',
  'token_revoked',
  'two_factor_setup_required',
]);

/** "It's possible some aspect of the operation succeeded before the error was raised." */
const ambiguous = new Set(['fatal_error', 'internal_error', 'service_unavailable']);

const throttled = new Set(['ratelimited', 'rate_limited']);

const nobodyThere = new Set(['channel_not_found', 'user_not_found', 'user_disabled', 'cannot_dm_bot']);

const advice: Record<string, string> = {
  channel_not_found: 'There is no such channel, or it is private and the bot was not invited to it.',
  is_archived: 'The channel is archived.',
  missing_scope: 'The app needs the scope chat:write; add it and install the app again.',
  msg_too_long: 'The text is too long for Slack.',
  not_in_channel: 'Invite the bot to the channel, or give the app the scope chat:write.public.',
};

/**
 * What an answer with `ok: false` means. Only people are invalid addresses: a channel that is not found today is found
 * again once somebody invites the bot.
 */
export function slackRefusal(error: string, to: string, retryAfterMs: number | null): SendOutcome {
  const code = /^\w{1,80}$/.test(error) ? error : 'unnamed_error';
  const detail = `Slack refused it: ${error}.${advice[code] ? ` ${advice[code]}` : ''}`;
  if (throttled.has(code)) return { kind: 'throttled', retryAfterMs: retryAfterMs ?? 1_000, detail };
  // The workspace moves into an organization, which takes a while.
  if (code === 'team_added_to_org') return { kind: 'throttled', retryAfterMs: 60_000, detail };
  if (ambiguous.has(code)) return { kind: 'unknown', code, detail };
  // The body came cut off, so nothing was posted.
  if (code === 'request_timeout') return { kind: 'failed_before_send', code, detail };
  return {
    kind: 'rejected',
    code,
    detail,
    ...(accountRefused.has(code) ? { pauseConnection: true } : {}),
    ...(nobodyThere.has(code) && /^[DUW][A-Z0-9]/.test(to) ? { invalidAddress: true } : {}),
  };
}
