import { hookSecret, post } from '../provider.ts';
import type { Row } from '../row.ts';
import type { Scene } from '../scene.ts';

const times = 10;
const atOnce = 8;
const types = ['email.delivered', 'email.opened', 'email.clicked'] as const;

export const repeatedWebhooks: Row = {
  name: 'repeated-webhooks',
  onlyLong: true,
  fault: `webhooks of a provider: each ${times} times, all of them shuffled`,
  async run(scene) {
    await scene.start('http');
    await scene.start('worker');
    await scene.found();
    await scene.load.run({ count: 30 * scene.play.scale, kinds: ['send', 'event'] });
    await scene.drain(60_000);
    const watch = watchStatuses(scene);
    await scene.fault('webhooks repeated and shuffled', () => repeat(scene));
    await scene.drain(60_000);
    scene.ledger.problems.push(...(await watch()), ...(await effectsTwice(scene)));
  },
};

interface Event {
  id: string;
  account: string;
  body: string;
}

async function repeat(scene: Scene): Promise<void> {
  const events = (await eventsOf(scene)).flatMap((event) => Array.from({ length: times }, () => event));
  const queue = shuffled(events, () => scene.play.random.next()).values();
  const caller = async () => {
    for (const { id, account, body } of queue) {
      const hook = scene.provider.hooks.get(account);
      if (!hook) throw new Error('The provider was not told where to report to.');
      const status = await post({ ...hook, secret: hookSecret }, id, body);
      if (status < 200 || status >= 300) scene.ledger.problems.push(`a report was refused with ${status}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, caller));
}

/** What the provider could say of each message; that it arrived it has said once already. */
async function eventsOf({ owner }: Scene): Promise<Event[]> {
  const { rows } = await owner.query<{ org_id: string; id: string; address: string }>(
    `select org_id, provider_message_id as id, address from messages where channel = 'email'`,
  );
  const at = new Date().toISOString();
  const client = { userAgent: 'Mozilla/5.0', ipAddress: '192.0.2.1', timestamp: at };
  return rows.flatMap(({ org_id, id, address }) =>
    types.map((type) => ({
      id: type === 'email.delivered' ? `evt-${id}` : `evt-${id}-${type}`,
      account: org_id,
      body: JSON.stringify({
        type,
        created_at: at,
        data: { email_id: id, to: [address], ...(type === 'email.clicked' && { click: client }) },
      }),
    })),
  );
}

function shuffled<T>(items: readonly T[], next: () => number): T[] {
  const keyed = items.map((item) => ({ item, place: next() }));
  return keyed.sort((a, b) => a.place - b.place).map(({ item }) => item);
}

const order = ['scheduled', 'sending', 'sent', 'delivered'];

/** Looks at every message again and again; the function it returns ends that and says which went back. */
function watchStatuses({ owner }: Scene): () => Promise<string[]> {
  const highest = new Map<string, number>();
  const back = new Set<string>();
  let over = false;
  const look = async () => {
    const { rows } = await owner.query<{ id: string; status: string }>('select id, status from messages');
    for (const { id, status } of rows) {
      const rank = order.indexOf(status);
      if (rank < (highest.get(id) ?? 0)) back.add(`message ${id} went back to ${status}`);
      highest.set(id, Math.max(rank, highest.get(id) ?? 0));
    }
  };
  const looking = (async () => {
    while (!over) await look();
  })();
  return async () => {
    over = true;
    await looking;
    await look();
    const short = [...highest.values()].filter((rank) => rank < order.indexOf('delivered')).length;
    return [...back, ...(short ? [`${short} messages are not delivered though it was reported`] : [])];
  };
}

/** Facts that stand in the record more often than they happened. */
async function effectsTwice({ owner }: Scene): Promise<string[]> {
  const { rows } = await owner.query<{ type: string; n: number }>(
    `select type, count(*)::int as n from (
       select type, subject_id from events
       where type in ('message.delivered', 'message.opened', 'message.clicked')
       group by type, subject_id having count(*) > 1
     ) twice group by type`,
  );
  return rows.map(({ type, n }) => `${n} messages have ${type} more than once`);
}
