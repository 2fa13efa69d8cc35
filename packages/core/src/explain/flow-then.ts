import type { FlowStatus } from '@halyard/contracts/flows/flow';
import type { LiveFlow } from '../decide/decide-store.js';
import type { OrgId } from '../ids.js';
import type { FlowRecord } from './explain-store.js';

/** How a flow stood at a moment: whether it took contacts, and with which versions. */
export interface FlowThen {
  status: FlowStatus;
  /** Since when it stood so; null when that is not on record. */
  since: Date | null;
  /** With the versions that had a share of new contacts, and that share. */
  flow: LiveFlow;
}

/**
 * The flow as it stood at a moment, by what is on record of its publications, weights and pauses. Of a flow without any
 * record the present is told; where all its live versions are newer, the newest of then is taken for the one that was live.
 */
export function flowThen(orgId: OrgId, flow: FlowRecord, at: Date): FlowThen {
  const of = (versions: LiveFlow['versions']): LiveFlow => ({ orgId, id: flow.id, key: flow.key, versions });
  const [first] = flow.history;
  if (!first) return { status: flow.status, since: null, flow: of(presumed(flow, at)) };
  const stood = flow.history.findLast(({ since }) => since <= at);
  if (!stood) return { status: 'draft', since: null, flow: of([]) };
  const versions = flow.versions.flatMap((version) => {
    const weight = stood.weights[version.number] ?? 0;
    return weight > 0 ? [{ ...version, weight }] : [];
  });
  return { status: stood.status, since: stood.since, flow: of(versions) };
}

function presumed({ versions }: FlowRecord, at: Date): LiveFlow['versions'] {
  const published = versions.filter(({ publishedAt }) => publishedAt <= at);
  const weighed = published.filter(({ weight }) => weight > 0);
  const replaced = weighed.length === 0 && versions.some(({ weight }) => weight > 0);
  return replaced ? published.slice(-1).map((version) => ({ ...version, weight: 100 })) : weighed;
}
