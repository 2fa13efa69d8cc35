import dagre from '@dagrejs/dagre';
import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { Way } from './graph';

/** Ids of the nodes that are no steps; no step id has these letters. */
export const triggerNode = '^';
export const endNode = '$';

export const nodeWidth = 264;
const nodeHeight = 100;
const endHeight = 32;

export interface Place {
  x: number;
  y: number;
}

/** Where each node stands, from the top down. The same definition always looks the same. */
export function placesOf({ steps }: FlowDefinition, ways: readonly Way[]): Map<string, Place> {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 56, ranksep: 56, edgesep: 32 });
  graph.setDefaultEdgeLabel(() => ({}));
  graph.setNode(triggerNode, { width: nodeWidth, height: nodeHeight });
  for (const { id } of steps) graph.setNode(id, { width: nodeWidth, height: nodeHeight });
  graph.setNode(endNode, { width: 120, height: endHeight });
  ways.forEach(({ from, port, to }, n) => {
    // The way straight on is kept straight; the label of each has room beside those of the others.
    const weight = port.is === 'next' ? 4 : 1;
    graph.setEdge(from ?? triggerNode, to ?? endNode, { weight, width: 120, height: 24 }, String(n));
  });
  dagre.layout(graph);
  return new Map(
    graph.nodes().map((id) => {
      const { x, y, width, height } = graph.node(id);
      return [id, { x: x - width / 2, y: y - height / 2 }];
    }),
  );
}
