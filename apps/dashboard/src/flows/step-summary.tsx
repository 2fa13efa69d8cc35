'use client';
import type { FlowDefinition, Step } from '@halyard/contracts/flows/definition';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { templatesQuery } from '../data/queries';
import { useSayFlow } from './use-say-flow';

/** A step in two lines: when, and what. */
export function useStepSummary({ steps }: FlowDefinition, names: Readonly<Record<string, string>>) {
  const t = useTranslations('flow.say');
  const channelName = useTranslations('channels');
  const say = useSayFlow(names);
  const { data: templates } = useQuery(templatesQuery);
  const templateName = (key: string) => templates?.items.find((one) => one.key === key)?.name ?? key;

  const place = (to: string | null) => (to === null ? t('theEnd') : `“${names[to] ?? to}”`);

  function what(step: Step): string {
    switch (step.type) {
      case 'message': {
        const keys = typeof step.template === 'string' ? [step.template] : Object.values(step.template);
        const named = [...new Set(keys)].map((key) => templateName(key ?? '')).join(', ');
        const channels = step.channels.map((channel) => channelName(channel)).join(` ${t('orElse')} `);
        const condition = step.condition
          ? ` · ${t('onlyIf', { condition: say.sayCondition(step.condition) })}`
          : '';
        return `${channels} · ${named}${condition}`;
      }
      case 'wait':
        return say.wait(step);
      case 'branch':
        return step.branches
          .map(({ when, next }) => t('branch', { condition: say.sayCondition(when), place: place(next) }))
          .join('; ');
      case 'split':
        return step.arms.map(({ name, weight, next }) => `${name} ${weight}: ${place(next)}`).join(' · ');
      case 'update_contact':
        return Object.entries(step.set)
          .map(([name, value]) => `${name} = ${typeof value === 'string' ? value : JSON.stringify(value)}`)
          .join(', ');
      case 'start_flow':
      case 'stop_flow':
        return step.flow;
      case 'webhook':
        return step.event;
      case 'n8n_workflow':
        return `${step.connection} · ${step.path}`;
      case 'exit':
        return step.reason ?? '';
    }
  }

  /** When, for a message; for others what kind of step it is. */
  function when(step: Step, at: number): string {
    return step.type === 'message' ? say.moment(step.timing, steps.slice(0, at)) : t(`kinds.${step.type}`);
  }

  const title = (step: Step): string => {
    if (step.name) return step.name;
    if (step.type === 'branch' || step.type === 'exit') return t(`kinds.${step.type}`);
    if (step.type === 'message')
      return templateName(typeof step.template === 'string' ? step.template : step.id);
    return step.type === 'wait' ? say.wait(step) : t(`kinds.${step.type}`);
  };
  return { what, when, title };
}
