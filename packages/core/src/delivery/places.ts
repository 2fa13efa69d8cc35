import type { ConnectionId, OrgId } from '../ids.js';
import type { RoundPlaces } from './delivery-store.js';

export interface PlaceLimits {
  /** Calls under way in this process; memory is bounded by it. */
  total: number;
  /** Of one organization: a tenant whose provider is slow holds no more than this. */
  perOrganization: number;
  perConnection: number;
}

/**
 * The calls that this process may have under way, in all, of an organization and at a connection. A call has its place
 * until its outcome is recorded. Rounds run beside one another, so each keeps places for what it takes on before it
 * claims anything.
 */
export class Places {
  #taken = 0;
  readonly #byOrganization = new Map<OrgId, number>();
  readonly #byConnection = new Map<ConnectionId, number>();
  #waiting: (() => void)[] = [];

  constructor(readonly limits: PlaceLimits) {}

  get free(): number {
    return this.limits.total - this.#taken;
  }

  roomOf(orgId: OrgId): number {
    return this.limits.perOrganization - (this.#byOrganization.get(orgId) ?? 0);
  }

  roomAt(connectionId: ConnectionId): number {
    return this.limits.perConnection - (this.#byConnection.get(connectionId) ?? 0);
  }

  /** Keeps as many of the free places as a round may take on. */
  keep(most: number): KeptPlaces {
    return new KeptPlaces(this, Math.min(most, this.free));
  }

  /** Takes places, or with negative numbers gives them back. */
  change({ total = 0, organization, connection }: PlaceChange): void {
    this.#taken += total;
    if (organization) add(this.#byOrganization, ...organization);
    if (connection) add(this.#byConnection, ...connection);
    if (total < 0) for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** Resolves when places were given back; at once when all are free. */
  freed(): Promise<void> {
    if (this.#taken === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}

interface PlaceChange {
  total?: number;
  organization?: readonly [OrgId, number];
  connection?: readonly [ConnectionId, number];
}

/** The places of one round, from before it claims until its calls begin. */
export class KeptPlaces implements RoundPlaces {
  #count: number;
  #shares: readonly (readonly [OrgId, number])[] = [];
  #connections: readonly ConnectionId[] = [];

  constructor(
    private readonly places: Places,
    count: number,
  ) {
    this.#count = count;
    places.change({ total: count });
  }

  get count(): number {
    return this.#count;
  }

  roomOf(orgId: OrgId): number {
    return this.places.roomOf(orgId);
  }

  keep(shares: readonly (readonly [OrgId, number])[]): void {
    for (const organization of shares) this.places.change({ organization });
    this.#shares = shares;
    this.#shrinkTo(shares.reduce((sum, [, share]) => sum + share, 0));
  }

  /** Keeps a place at the connection of each call that was decided, instead of those kept before. */
  keepAt(connections: readonly ConnectionId[]): void {
    for (const id of this.#connections) this.places.change({ connection: [id, -1] });
    for (const id of connections) this.places.change({ connection: [id, 1] });
    this.#connections = connections;
  }

  /** Gives all of them back; the calls of the round take their own. */
  end(): void {
    this.keepAt([]);
    for (const [orgId, share] of this.#shares) this.places.change({ organization: [orgId, -share] });
    this.#shares = [];
    this.#shrinkTo(0);
  }

  #shrinkTo(count: number): void {
    this.places.change({ total: count - this.#count });
    this.#count = count;
  }
}

function add<K>(counts: Map<K, number>, key: K, by: number): void {
  const count = (counts.get(key) ?? 0) + by;
  if (count > 0) counts.set(key, count);
  else counts.delete(key);
}
