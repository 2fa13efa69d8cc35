import type { FlowDefinition, Step } from '@halyard/contracts/flows/definition';
import { freeId } from './steps';

/** What can be added, in the order in which it is offered. */
export const stepTypes = [
  'message',
  'wait',
  'branch',
  'split',
  'update_contact',
  'start_flow',
  'stop_flow',
  'webhook',
  'n8n_workflow',
  'exit',
] as const satisfies readonly Step['type'][];

/** A step that can be saved as it is, to be filled in. `template`: a key for a message to begin with. */
export function newStep(type: Step['type'], definition: FlowDefinition, template: string | undefined): Step {
  const id = freeId(definition, `${type.replaceAll('_', '-')}-1`);
  switch (type) {
    case 'message':
      return { id, type, template: template ?? id, channels: ['email'], class: 'service', topic: '*' };
    case 'wait':
      return { id, type, wait: { for: 'duration', duration: 'P1D' } };
    case 'branch':
      return { id, type, branches: [{ when: { field: 'contact.first_name', op: 'exists' }, next: null }] };
    case 'split':
      return { id, type, arms: ['A', 'B'].map((name) => ({ name, weight: 50, next: null })) };
    case 'update_contact':
      return { id, type, set: {} };
    case 'start_flow':
    case 'stop_flow':
      return { id, type, flow: definition.name };
    case 'webhook':
      return { id, type, event: id };
    case 'n8n_workflow':
      return { id, type, connection: 'n8n', path: `webhook/${id}`, wait: true, timeout: 'PT1H' };
    case 'exit':
      return { id, type };
  }
}
