'use client';
import '@xyflow/react/dist/base.css';
import type { FlowDefinition, Step } from '@halyard/contracts/flows/definition';
import { useQuery } from '@tanstack/react-query';
import { Background, Controls, MiniMap, ReactFlow, ReactFlowProvider } from '@xyflow/react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useTell } from '../components/told';
import { templatesQuery } from '../data/queries';
import { newStep } from '../flows/new-step';
import { removeStep } from '../flows/remove-step';
import { duplicateStep, replaceStep } from '../flows/steps';
import { CanvasActs } from './canvas-acts';
import { insertOnWay, moveOntoWay } from './edits';
import type { Way } from './graph';
import { Palette } from './palette';
import { StepPanel } from './step-panel';
import { edgeTypes, nodeTypes } from './types';
import { useDrawing } from './use-drawing';
import { useWalk } from './use-walk';

export interface FlowCanvasProps {
  definition: FlowDefinition;
  /** The definition as it is after an edit. `field`: edits of the same one in a row are taken back as one. */
  onChange: (next: FlowDefinition, field?: string) => void;
  readOnly: boolean;
  /** Runs that stand at each step, by its id; null where that is not known. */
  counts: Readonly<Record<string, number>> | null;
  /** Takes the last edit back. */
  onUndo?: () => void;
}

const manySteps = 14;

/** The definition as a drawing: every way from the trigger to the end, to be edited where it is. */
export function FlowCanvas({ definition, onChange, readOnly, counts, onUndo }: FlowCanvasProps) {
  const t = useTranslations('canvas');
  const tell = useTell();
  const [selected, setSelected] = useState<string | null>(null);
  const { data: templates } = useQuery(templatesQuery);
  const drawing = useDrawing(definition, counts, selected);
  const walk = useWalk(drawing.ways, { onRemove: readOnly ? null : remove, onOpen: setSelected });

  function insert(way: Way, type: Step['type']) {
    const step = newStep(type, definition, templates?.items[0]?.key);
    onChange(insertOnWay(definition, way, step));
    setSelected(step.id);
  }
  function remove(id: string) {
    if (definition.steps.length === 1) return;
    onChange(removeStep(definition, id));
    setSelected(null);
    tell({ text: t('removed', { title: drawing.titleOf(id) }), ...(onUndo && { undo: onUndo }) });
  }
  const acts = {
    readOnly,
    selected,
    titleOf: drawing.titleOf,
    insert,
    move: (id: string, way: Way) => onChange(moveOntoWay(definition, id, way)),
  };
  return (
    <CanvasActs value={acts}>
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_20rem]">
        <section aria-label={t('drawing')} className="overflow-hidden rounded-lg border border-rope bg-sail">
          {!readOnly && <Palette />}
          <div className="h-[70dvh] min-h-96">
            <ReactFlowProvider>
              <ReactFlow
                nodes={drawing.nodes}
                edges={drawing.edges}
                nodeTypes={nodeTypes}
                edgeTypes={edgeTypes}
                nodesDraggable={false}
                nodesConnectable={false}
                edgesFocusable={false}
                deleteKeyCode={null}
                selectionKeyCode={null}
                onKeyDown={walk}
                fitView
                fitViewOptions={{ maxZoom: 1, padding: 0.12 }}
                minZoom={0.2}
                maxZoom={1.5}
                onNodeClick={(_, { id }) => setSelected(id)}
                onPaneClick={() => setSelected(null)}
                ariaLabelConfig={{
                  'node.a11yDescription.default': t('nodeHint'),
                  'controls.ariaLabel': t('controls'),
                  'controls.zoomIn.ariaLabel': t('zoomIn'),
                  'controls.zoomOut.ariaLabel': t('zoomOut'),
                  'controls.fitView.ariaLabel': t('fit'),
                  'minimap.ariaLabel': t('map'),
                }}
                proOptions={{ hideAttribution: true }}
              >
                <Background color="var(--color-rope)" gap={20} />
                <Controls showInteractive={false} />
                {definition.steps.length > manySteps && <MiniMap pannable zoomable />}
              </ReactFlow>
            </ReactFlowProvider>
          </div>
        </section>
        <StepPanel
          definition={definition}
          selected={selected}
          readOnly={readOnly}
          titleOf={drawing.titleOf}
          onChange={(step) => onChange(replaceStep(definition, step), `steps.${step.id}`)}
          onTrigger={(trigger) => onChange({ ...definition, trigger }, 'trigger')}
          onDuplicate={(id) => onChange(duplicateStep(definition, id))}
          onRemove={remove}
          onClose={() => setSelected(null)}
        />
      </div>
    </CanvasActs>
  );
}
