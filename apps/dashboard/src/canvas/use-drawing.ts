'use client';
import type { FlowDefinition, Step } from '@halyard/contracts/flows/definition';
import type { Edge, Node } from '@xyflow/react';
import { useFormatter, useTranslations } from 'next-intl';
import { useStepSummary } from '../flows/step-summary';
import { stepNames } from '../flows/steps';
import { useSayFlow } from '../flows/use-say-flow';
import type { Way } from './graph';
import { reachable, wayKey, waysOf } from './graph';
import { endNode, placesOf, triggerNode } from './layout';

export type StepNodeData = {
  type: Step['type'];
  title: string;
  when: string;
  what: string;
  count: number | null;
  /** Whether a run can come here at all. */
  reachable: boolean;
};
export type TriggerNodeData = { text: string };
export type WayData = { way: Way; label: string | null };

/** The definition as nodes and edges, in the reader's words. */
export function useDrawing(
  definition: FlowDefinition,
  counts: Readonly<Record<string, number>> | null,
  selected: string | null,
) {
  const t = useTranslations('canvas');
  const format = useFormatter();
  const names = stepNames(definition);
  const summary = useStepSummary(definition, names);
  const say = useSayFlow(names);
  const ways = waysOf(definition);
  const places = placesOf(definition, ways);
  const reached = reachable(definition);
  const byId = new Map(definition.steps.map((step) => [step.id, step]));
  const titleOf = (id: string): string => {
    const step = byId.get(id);
    return step ? summary.title(step) : id === triggerNode ? say.trigger(definition.trigger) : t('end');
  };
  const placed = (id: string) => ({
    id,
    position: places.get(id) ?? { x: 0, y: 0 },
    selected: id === selected,
  });
  const leadsTo = (from: string | null): string =>
    ways
      .filter((way) => way.from === from)
      .map(({ to }) => titleOf(to ?? endNode))
      .join(', ');

  const stepNodes: Node<StepNodeData>[] = definition.steps.map((step, at) => {
    const title = summary.title(step);
    const data = {
      type: step.type,
      title,
      when: summary.when(step, at),
      what: summary.what(step),
      count: counts && (counts[step.id] ?? 0),
      reachable: reached.has(step.id),
    };
    const ariaLabel = t('node', { title, when: data.when, what: data.what, next: leadsTo(step.id) });
    return { ...placed(step.id), type: 'step', data, ariaLabel };
  });
  const nodes: Node[] = [
    {
      ...placed(triggerNode),
      type: 'trigger',
      data: { text: say.trigger(definition.trigger) } satisfies TriggerNodeData,
      ariaLabel: t('triggerNode', { text: say.trigger(definition.trigger), next: leadsTo(null) }),
    },
    ...stepNodes,
    { ...placed(endNode), type: 'end', data: {}, selectable: false, focusable: false },
  ];
  const edges: Edge<WayData>[] = ways.map((way) => ({
    id: wayKey(way),
    source: way.from ?? triggerNode,
    target: way.to ?? endNode,
    type: 'way',
    data: { way, label: labelOf(way) },
  }));

  function labelOf({ from, port }: Way): string | null {
    const step = from === null ? undefined : byId.get(from);
    if (step?.type === 'branch')
      return port.is === 'branch'
        ? say.sayCondition(step.branches[port.at]?.when ?? { all: [] })
        : t('otherwise');
    if (step?.type === 'split' && port.is === 'arm') {
      const arm = step.arms[port.at];
      const sum = step.arms.reduce((all, { weight }) => all + weight, 0);
      return arm
        ? t('arm', { name: arm.name, share: format.number(sum ? arm.weight / sum : 0, { style: 'percent' }) })
        : null;
    }
    if (port.is === 'timeout') return t('timeout');
    if (port.is === 'failure') return t('failure');
    if (step?.type === 'wait' && step.wait.for === 'event' && step.wait.on_timeout !== undefined)
      return t('inTime');
    if (step?.type === 'n8n_workflow' && (step.on_timeout !== undefined || step.on_failure !== undefined))
      return t('answered');
    return null;
  }
  return { nodes, edges, ways, titleOf };
}
