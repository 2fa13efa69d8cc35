import { z } from 'zod';
import { route } from '../route.js';

const TokenParams = z.object({ token: z.string().min(1).max(200) });
const page = z.unknown();

const tag = 'Links in messages';
const open = { tag, access: 'public', params: TokenParams } as const;

/** What the links in messages lead to; each token is signed and names one message. */
export const trackingRoutes = {
  open: route({
    ...open,
    id: 'trackOpen',
    method: 'GET',
    path: '/t/o/:token',
    summary: 'The pixel that counts an open',
    response: page,
    responseType: 'image/gif',
  }),
  click: route({
    ...open,
    id: 'trackClick',
    method: 'GET',
    path: '/t/c/:token',
    summary: 'Count a click and redirect to the stored target of the link',
    response: page,
    responseType: 'text/html',
    status: 302,
  }),
  preferences: route({
    ...open,
    id: 'showPreferences',
    method: 'GET',
    path: '/u/:token',
    summary: 'The unsubscribe page; looking at it changes nothing',
    response: page,
    responseType: 'text/html',
  }),
  unsubscribe: route({
    ...open,
    id: 'unsubscribe',
    requestType: 'form',
    method: 'POST',
    path: '/u/:token',
    summary: 'Unsubscribe with one click (RFC 8058), or save the choices of the page',
    description:
      'List-Unsubscribe=One-Click, or action=all, or action=save with a `topic` for each to keep; as multipart/form-data or application/x-www-form-urlencoded.',
    response: page,
    responseType: 'text/html',
  }),
  askConfirmation: route({
    ...open,
    id: 'showConfirmation',
    method: 'GET',
    path: '/c/:token',
    summary: 'The page of a double opt-in; looking at it confirms nothing',
    response: page,
    responseType: 'text/html',
  }),
  confirm: route({
    ...open,
    id: 'confirmConsent',
    requestType: 'form',
    method: 'POST',
    path: '/c/:token',
    summary: 'Confirm a double opt-in',
    response: page,
    responseType: 'text/html',
  }),
};
