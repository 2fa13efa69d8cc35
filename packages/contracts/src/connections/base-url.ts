import { z } from 'zod';

/** An address that a server asks people to reach this account by; a base URL is a setting so that tests and proxies can stand in. */
export const baseUrl = (description: string) =>
  z
    .url({ protocol: /^https?$/, error: 'Use a URL, such as https://api.example.com.' })
    .describe(description)
    .transform((url) => url.replace(/\/+$/, ''));
