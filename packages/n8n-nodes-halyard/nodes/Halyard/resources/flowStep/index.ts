import { choice, filters, json, text } from '../../fields/collections';
import { idOf } from '../../fields/locators';
import type { Operation, Resource } from '../../operation';

const answer: Operation = {
  value: 'answer',
  name: 'Answer',
  action: 'Answer a waiting flow step',
  description: 'Let a run go on that waits for this workflow; the second answer changes nothing',
  method: 'POST',
  path: '/workflow-calls/:callId/answer',
  properties: [
    idOf('Call ID', 'callId', 'From data.call_id of the call'),
    {
      displayName: 'Answer With',
      name: 'answerWith',
      type: 'options',
      options: [
        {
          name: 'Data',
          value: 'data',
          description: 'The run goes on; the flow reads them as steps, ID of the step, answer',
        },
        { name: 'Error', value: 'error', description: 'The run goes where the step says for a failure' },
      ],
      default: 'data',
    },
    {
      ...json('Data', 'answer', 'An object of 16 KB at most'),
      default: '{}',
      required: true,
      displayOptions: { show: { answerWith: ['data'] } },
    },
    { ...text('Error', 'error'), required: true, displayOptions: { show: { answerWith: ['error'] } } },
  ],
  sent: { answerWith: false },
};

export const flowStep: Resource = {
  value: 'flowStep',
  name: 'Flow Step',
  operations: [
    answer,
    {
      value: 'get',
      name: 'Get',
      action: 'Get a call of a flow step',
      description: 'Get where a call stands',
      method: 'GET',
      path: '/workflow-calls/:callId',
      properties: [idOf('Call ID', 'callId')],
    },
    {
      value: 'getAll',
      name: 'Get Many',
      action: 'Get many calls of flow steps',
      description: 'List calls of flow steps, newest first',
      method: 'GET',
      path: '/workflow-calls',
      properties: [
        filters([
          text('Run ID', 'runId'),
          choice(
            'Status',
            'status',
            ['pending', 'handed_over', 'answered', 'failed', 'timed_out', 'cancelled'],
            'handed_over',
          ),
        ]),
      ],
      paged: true,
    },
  ],
};
