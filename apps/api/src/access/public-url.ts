import type { Settings } from '@halyard/contracts/settings';

/** Where people reach this server, without a slash at the end; links in mails begin with it. */
export const publicUrlOf = (settings: Settings): string =>
  (settings.PUBLIC_URL ?? `http://${settings.HOST}:${settings.PORT}`).replace(/\/+$/, '');
