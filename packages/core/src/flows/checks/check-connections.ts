import type { FlowFinding } from '@halyard/contracts/flows/check';
import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { Known } from '../known.js';

/**
 * Whether there is a connection for every channel that a step names. A warning and no error: it says nothing against the
 * definition, which is right again as soon as somebody connects the channel, and until then its messages wait.
 */
export const checkConnections = ({ steps }: FlowDefinition, { channels }: Known): FlowFinding[] =>
  steps.flatMap((step, n): FlowFinding[] => {
    if (step.type !== 'message') return [];
    const missing = step.channels.filter((channel) => !channels.has(channel));
    if (missing.length === 0) return [];
    const left = step.channels.filter((channel) => channels.has(channel));
    const follows = left.length
      ? `its messages go out on ${left.join(', ')} only`
      : 'its messages wait for one until they expire';
    return [
      {
        severity: 'warning',
        rule: 'connections',
        path: `steps.${n}.channels`,
        message: `Step "${step.id}" names ${missing.join(' and ')}, for which the organization has no active connection: ${follows}. Connect it, or drop the channel.`,
        counterexample: null,
      },
    ];
  });
