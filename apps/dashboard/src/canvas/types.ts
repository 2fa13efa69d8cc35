import type { EdgeTypes, NodeTypes } from '@xyflow/react';
import { EndNode, StepNode, TriggerNode } from './nodes';
import { WayEdge } from './way-edge';

/** How React Flow draws what `useDrawing` gives it. */
export const nodeTypes: NodeTypes = { step: StepNode, trigger: TriggerNode, end: EndNode };
export const edgeTypes: EdgeTypes = { way: WayEdge };
