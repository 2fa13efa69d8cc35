import type { VendorAnswers } from './http-vendor.js';

const pending = { groupId: 1, groupName: 'PENDING', id: 26, name: 'PENDING_ACCEPTED', description: 'sent' };
const rejected = {
  groupId: 5,
  groupName: 'REJECTED',
  id: 52,
  name: 'REJECTED_INVALID_DESTINATION',
  description: 'no such number',
};

/** Infobip as its documentation shows it: messages are judged one by one inside a 200. */
export const infobipAnswers: VendorAnswers = {
  test: () => ({ status: 200, body: { balance: 12.5, currency: 'EUR' } }),
  accepts: (body) => {
    const { messageId, message } = firstMessage(body);
    return { status: 200, body: message({ messageId, status: pending }) };
  },
  rejects: (request) => ({
    status: 400,
    body: { errorCode: 'E400', description: `Bad request with ${request.headers.authorization}` },
  }),
  throttles: (request) => ({
    status: 429,
    headers: { 'retry-after': '7' },
    body: { description: `${request.headers.authorization}` },
  }),
};

export const infobipRejection =
  (name: string, groupId = 5) =>
  (body: string) => {
    const { messageId, message } = firstMessage(body);
    return { status: 200, body: message({ messageId, status: { ...rejected, groupId, name } }) };
  };

interface Sent {
  messageId?: string;
  destinations?: { messageId: string }[];
}

/** Answers come in the shape of the request: as a list, or alone. */
function firstMessage(body: string): { messageId: string; message: (answer: object) => object } {
  const sent = JSON.parse(body) as Sent & { messages?: Sent[] };
  const first = sent.messages?.[0] ?? sent;
  return {
    messageId: first.destinations?.[0]?.messageId ?? first.messageId ?? '',
    message: (answer) =>
      sent.messages ? { bulkId: 'b', messages: [answer] } : { messageCount: 1, ...answer },
  };
}
