import type { ReceivedCall, Vendor } from './vendor.js';
import { startVendor } from './vendor.js';

/** What a vendor answers to posts from now on, each once and in turn; then as usual. */
export interface ChatVendor extends Vendor {
  next: { status: number; body: unknown }[];
  /** The posts among the calls, without what connection tests ask. */
  posts(): ReceivedCall[];
}

async function startChat(
  isPost: (call: ReceivedCall) => boolean,
  usual: (call: ReceivedCall, n: number) => { status: number; body: unknown },
): Promise<ChatVendor> {
  const next: ChatVendor['next'] = [];
  let n = 0;
  const vendor = await startVendor((call) => (isPost(call) && next.shift()) || usual(call, ++n));
  return { ...vendor, next, posts: () => vendor.calls.filter(isPost) };
}

/** A workspace of Slack: its Web API, and incoming webhooks under /services. */
export const startSlack = (): Promise<ChatVendor> =>
  startChat(
    ({ path, body }) => path === '/api/chat.postMessage' || (path.startsWith('/services/') && body?.text),
    ({ path, body }, n) => {
      if (path === '/api/auth.test')
        return { status: 200, body: { ok: true, team: 'Haff', user: 'halyard' } };
      if (path.startsWith('/services/'))
        return body?.text ? { status: 200, body: 'ok' } : { status: 400, body: 'no_text' };
      return { status: 200, body: { ok: true, channel: body.channel, ts: `1503435956.${n}` } };
    },
  );

export const startDiscord = (): Promise<ChatVendor> =>
  startChat(
    ({ method }) => method === 'POST',
    ({ method }, n) => ({ status: 200, body: { id: method === 'GET' ? '1357924680' : `14000000${n}` } }),
  );

export const startTelegram = (): Promise<ChatVendor> =>
  startChat(
    ({ path }) => path.endsWith('/sendMessage'),
    ({ path, body }, n) => {
      const result = path.endsWith('/sendMessage')
        ? { message_id: n, chat: { id: body.chat_id } }
        : { id: 1 };
      return { status: 200, body: { ok: true, result } };
    },
  );
