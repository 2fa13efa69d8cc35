import { z } from 'zod';
import { route } from '../route.js';

/** Where the links in account mails lead. */
export const AccountLink = z.enum(['password', 'email', 'invitation']);
export type AccountLink = z.output<typeof AccountLink>;

const page = z.string();
const shared = {
  tag: 'Sign-in',
  access: 'public',
  params: z.object({ kind: AccountLink }),
  response: page,
  responseType: 'text/html',
} as const;

/** Pages for people without the dashboard. Looking at one changes nothing: mail scanners look at every link. */
export const accountLinkRoutes = {
  show: route({
    ...shared,
    id: 'showAccountLink',
    method: 'GET',
    path: '/auth/links/:kind',
    summary: 'The page behind a link in an account mail',
    query: z.object({ token: z.string().max(1000).default('') }),
  }),
  follow: route({
    ...shared,
    id: 'followAccountLink',
    requestType: 'form',
    method: 'POST',
    path: '/auth/links/:kind',
    summary: 'What the form on that page does',
    description: 'As application/x-www-form-urlencoded.',
    body: z.object({
      token: z.string().max(1000).default(''),
      name: z.string().max(200).default(''),
      password: z.string().max(128).default(''),
    }),
  }),
};
