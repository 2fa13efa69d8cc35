import type { Channel } from '@halyard/contracts/primitives';
import type { SimulatedFlow } from '@halyard/contracts/simulate/routes';
import type { LiveFlow } from '@halyard/core/decide/decide-store';
import { closedBreaker } from '@halyard/core/delivery/breaker';
import type { ReleaseOrganization } from '@halyard/core/delivery/candidate';
import { momentAfter } from '@halyard/core/delivery/deadlines';
import { DomainError } from '@halyard/core/domain-error';
import type { ConnectionId, ContactId, OrgId } from '@halyard/core/ids';
import type { SimulationStore, Wanted } from '@halyard/core/simulate/simulations';
import type { Price, SimulatedInput, StartingPoint, Tree } from '@halyard/core/simulate/starting-point';
import { sql } from 'kysely';
import type { Database, Tx } from '../database.js';
import { Definitions } from '../decide/definitions.js';
import { PgWorld } from '../decide/world.js';
import { loadOrganizations } from '../delivery/load-organizations.js';
import { loadFacts } from '../facts.js';
import type { RecordedRow } from './recorded-events.js';
import { recordedEvents, toInput } from './recorded-events.js';
import { bookingsOf, productsOf, rewind } from './simulated-bookings.js';
import { coursesOf, enrollmentsOf, rewindEnrollments } from './simulated-enrollments.js';
import { findSimulated } from './simulated-flows.js';
import { loadPeople } from './simulated-people.js';
import { loadSimulatedTemplates } from './simulated-templates.js';

/** More is not held in memory at once. */
const mostEvents = 500_000;

/** Reads what a simulation begins with, and what happened: set-based, in pages, in one transaction that only reads. */
export class PgSimulationStore implements SimulationStore {
  readonly #definitions = new Definitions();

  constructor(private readonly database: Database) {}

  flow(orgId: OrgId, reference: SimulatedFlow): Promise<LiveFlow> {
    return this.database.forOrg(orgId, (tx) => findSimulated(tx, orgId, reference));
  }

  liveFlows(orgId: OrgId): Promise<LiveFlow[]> {
    return this.database.forOrg(orgId, (tx) => new PgWorld(tx, this.#definitions).liveFlows([orgId]));
  }

  load(orgId: OrgId, wanted: Wanted): Promise<{ start: StartingPoint; inputs: SimulatedInput[] }> {
    return this.database.forOrg(orgId, async (tx) => {
      const events = wanted.history ? await readHistory(tx, orgId, wanted, wanted.history.only) : [];
      const ids = await contactsIn(tx, orgId, wanted, events);
      const named = wanted.bookingIds.filter((id) => uuid.test(id));
      const bookings = await bookingsOf(tx, orgId, { contactIds: ids, ids: named });
      const courses = await coursesOf(tx, orgId);
      const enrollments = await enrollmentsOf(tx, orgId, ids, courses);
      const start = await startOf(tx, orgId, wanted, ids);
      const before = wanted.history ? await rewind(tx, orgId, bookings, events, wanted.until) : bookings;
      return {
        start: {
          ...start,
          bookings: before,
          courses,
          enrollments: wanted.history
            ? await rewindEnrollments(tx, orgId, enrollments, events, wanted.until)
            : enrollments,
        },
        inputs: events.map((event) => {
          const id = event.subject_id ?? '';
          return toInput(event, bookings.get(id) ?? enrollments.get(id));
        }),
      };
    });
  }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

async function readHistory(
  tx: Tx,
  orgId: OrgId,
  { from, until, flows }: Wanted,
  only: ContactId | null,
): Promise<RecordedRow[]> {
  const events: RecordedRow[] = [];
  const flowIds = flows.map(({ id }) => id);
  for await (const page of recordedEvents(tx, orgId, { from, until, only, flowIds })) {
    for (const event of page) events.push(event);
    if (events.length > mostEvents)
      throw new DomainError(
        'invalid_request',
        `The period has more than ${mostEvents} events. Choose a shorter one, or one contact.`,
      );
  }
  return events;
}

/** Those who appear in the events; with a schedule among the flows, everybody. */
async function contactsIn(
  tx: Tx,
  orgId: OrgId,
  { history, contactIds, flows }: Wanted,
  events: readonly RecordedRow[],
): Promise<ContactId[]> {
  const named = contactIds.filter((id) => uuid.test(id)) as ContactId[];
  if (!history) return named;
  if (history.only) return [history.only];
  const scheduled = flows.some(({ versions }) =>
    versions.some(({ definition }) => definition.trigger.type === 'schedule'),
  );
  if (!scheduled) return [...new Set(events.flatMap(({ contact_id }) => contact_id ?? []))];
  return new PgWorld(tx, new Definitions()).contactsAfter(orgId, null, Number.MAX_SAFE_INTEGER);
}

async function startOf(
  tx: Tx,
  orgId: OrgId,
  { flows, from, until, history }: Wanted,
  ids: readonly ContactId[],
): Promise<Omit<StartingPoint, 'bookings' | 'enrollments' | 'courses'>> {
  const organization = (await loadOrganizations(tx, [orgId])).get(orgId);
  if (!organization) throw new Error(`Organization ${orgId} has no settings.`);
  const [facts = {}] = await loadFacts(tx, [
    { orgId, contactId: null, subject: null, event: null, runId: null },
  ]);
  const flowIds = flows.map(({ id }) => id);
  const contacts = await loadPeople(tx, orgId, {
    ids,
    flowIds,
    channels: channelsOf(flows),
    from,
    until,
    releasedSince: cappedSince(organization, from),
    asOfNow: history === null,
  });
  return {
    orgId,
    organization: { ...organization, connections: organization.connections.map(reachable) },
    prices: await pricesOf(tx, orgId),
    organizationFacts: (facts.organization ?? {}) as Tree,
    contacts,
    products: await productsOf(tx, orgId),
    templatesOf: await loadSimulatedTemplates(tx, orgId, flows),
    taken: await takenBefore(tx, orgId, flowIds, from),
  };
}

const channelsOf = (flows: readonly LiveFlow[]): Channel[] => [
  ...new Set(
    flows.flatMap(({ versions }) =>
      versions.flatMap(({ definition }) =>
        definition.steps.flatMap((step) => (step.type === 'message' ? step.channels : [])),
      ),
    ),
  ),
];

/** Whatever a breaker says of this minute, it says nothing of the period. */
const reachable = <C extends ReleaseOrganization['connections'][number]>(connection: C): C => ({
  ...connection,
  breaker: closedBreaker,
});

function cappedSince({ policy, timeZone }: ReleaseOrganization, from: Date): Date {
  const moments = policy.caps.map(({ per }) => momentAfter(from, `-${per}`, timeZone).getTime());
  return new Date(Math.min(from.getTime(), ...moments));
}

async function pricesOf(tx: Tx, orgId: OrgId): Promise<Map<ConnectionId, Price>> {
  const rows = await tx
    .selectFrom('connections')
    .select(['id', 'price'])
    .where('org_id', '=', orgId)
    .where('price', 'is not', null)
    .execute();
  return new Map(rows.map(({ id, price }) => [id as ConnectionId, price as unknown as Price]));
}

async function takenBefore(
  tx: Tx,
  orgId: OrgId,
  flowIds: readonly string[],
  from: Date,
): Promise<Set<string>> {
  const { rows } = await sql<{ flow_id: string; key: string }>`
    select run_keys.flow_id, run_keys.key
    from run_keys join runs on runs.org_id = run_keys.org_id and runs.id = run_keys.run_id
    where run_keys.org_id = ${orgId} and run_keys.flow_id = any (${flowIds}::uuid[])
      and runs.started_at < ${from}`.execute(tx);
  return new Set(rows.map(({ flow_id, key }) => `${flow_id}/${key}`));
}
