/** Where the provider of a connection reports to. */
export const webhookUrlOf = (publicUrl: string, token: string): string =>
  `${publicUrl.replace(/\/+$/, '')}/hooks/providers/${token}`;
