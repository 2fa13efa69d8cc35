import { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { SimulatedFlow } from '@halyard/contracts/simulate/routes';
import type { LiveFlow, LiveFlowVersion } from '@halyard/core/decide/decide-store';
import { DomainError, notFound } from '@halyard/core/domain-error';
import type { FlowId, FlowVersionId, OrgId } from '@halyard/core/ids';
import { unsavedFlow } from '@halyard/core/simulate/simulations';
import type { Tx } from '../database.js';

/** A version that is only simulated. */
const tried = '00000000-0000-7000-8000-000000000002' as FlowVersionId;

/** The flow that a simulation names, with the versions that take part. */
export async function findSimulated(
  tx: Tx,
  orgId: OrgId,
  { flow_id, version, definition }: SimulatedFlow,
): Promise<LiveFlow> {
  const only = (given: FlowDefinition): LiveFlowVersion[] => [{ id: tried, weight: 100, definition: given }];
  const flow = flow_id ? await readFlow(tx, orgId, flow_id) : undefined;
  if (definition) {
    const { id = unsavedFlow, key = 'simulated' } = flow ?? {};
    return { orgId, id: id as FlowId, key, versions: only(definition) };
  }
  if (!flow) throw notFound('flow');
  const named = { orgId, id: flow.id as FlowId, key: flow.key };
  if (version !== 'draft') return { ...named, versions: await readVersions(tx, orgId, named.id, version) };
  if (!flow.draft)
    throw new DomainError(
      'invalid_state',
      'The flow has no draft: name a version, or leave it out for what is live.',
    );
  return { ...named, versions: only(FlowDefinition.parse(flow.draft)) };
}

const readFlow = (tx: Tx, orgId: OrgId, id: string) =>
  tx
    .selectFrom('flows')
    .select(['id', 'key', 'draft'])
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirst();

async function readVersions(
  tx: Tx,
  orgId: OrgId,
  flowId: FlowId,
  version: number | 'live',
): Promise<LiveFlowVersion[]> {
  const versions = tx
    .selectFrom('flow_versions')
    .select(['id', 'weight', 'definition'])
    .where('org_id', '=', orgId)
    .where('flow_id', '=', flowId)
    .orderBy('number');
  const rows = await (version === 'live'
    ? versions.where('weight', '>', 0)
    : versions.where('number', '=', version)
  ).execute();
  if (rows.length === 0 && version !== 'live') throw notFound('version of a flow');
  if (rows.length === 0)
    throw new DomainError(
      'invalid_state',
      'No version of the flow is live: simulate its draft, or a version by number.',
    );
  return rows.map((row) => ({
    id: row.id as FlowVersionId,
    weight: version === 'live' ? row.weight : 100,
    definition: FlowDefinition.parse(row.definition),
  }));
}
