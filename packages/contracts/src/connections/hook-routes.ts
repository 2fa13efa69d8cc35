import { z } from 'zod';
import { route } from '../route.js';

export const hookRoutes = {
  provider: route({
    id: 'receiveProviderReport',
    method: 'POST',
    path: '/hooks/providers/:token',
    tag: 'Provider webhooks',
    summary: 'Delivery reports, bounces, complaints and inbound messages of a provider',
    description:
      'The address is that of one connection (`webhook_url`); the provider’s own scheme is verified over the bytes as they came. An `smtp` connection takes the mails that come to its return path, as message/rfc822.',
    access: 'public',
    requestType: 'raw',
    accepts: ['message/rfc822'],
    params: z.object({ token: z.string().regex(/^[A-Za-z0-9_-]{20,100}$/) }),
    response: z.object({ received: z.number().int() }).meta({ id: 'ReceivedReports' }),
    errors: ['invalid_signature', 'unsupported_media_type', 'payload_too_large'],
  }),
};
