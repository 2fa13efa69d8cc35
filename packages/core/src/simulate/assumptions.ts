import type { SimulationResult } from '@halyard/contracts/simulate/result';
import type { SimulationInput } from '@halyard/contracts/simulate/routes';

type Assumption = SimulationResult['assumptions'][number];

/** What a simulation takes for granted, in sentences for whoever reads its result. */
export function assumptionsOf(input: SimulationInput): Assumption[] {
  const { rates, period } = input;
  return [
    {
      about: 'replies',
      text: 'Nobody can know how people would have answered messages that were never sent: there are no replies, complaints, unsubscribes or bookings because of them.',
    },
    {
      about: 'engagement',
      text: `Of the messages, ${percent(rates.delivered)} arrive, ${percent(rates.opened)} are opened and ${percent(rates.clicked)} clicked (email; opened within a day), drawn for each message by its contact and step. Set \`rates\` to what you know.`,
    },
    {
      about: 'workflows',
      text: input.workflows.length
        ? `No workflow is called. Those of ${input.workflows.map(({ step }) => step).join(', ')} answer as given in \`workflows\`; others never do, and their steps end by their timeouts.`
        : 'No workflow is called and none answers: steps that wait for one end by their timeouts. Give `workflows` to try answers.',
    },
    {
      about: 'providers',
      text: 'Connections are as they are now; providers accept every message at once, and none bounces.',
    },
    { about: 'speed', text: 'Loops take no time: production is later by what its load makes of it.' },
    {
      about: 'order',
      text: 'Of what is due at the same moment, transactional messages go first, then what was planned for earlier; within each, none knows yet what becomes of the others. Production does so with the messages that it takes up together, at most some hundred.',
    },
    {
      about: 'spreading',
      text: 'What is held overnight is spread over half an hour by the message’s id, which production draws anew.',
    },
    ...(input.render
      ? []
      : [
          {
            about: 'rendering',
            text: 'Every message can be rendered: set `render` to find those that cannot.',
          },
        ]),
    ...(period ? ofHistory(input) : []),
    ...(input.with_live_flows
      ? []
      : [
          {
            about: 'other flows',
            text: 'Other flows do not run: a step that starts one does nothing. Set `with_live_flows` to run them, too.',
          },
        ]),
  ];
}

const ofHistory = ({ flow }: SimulationInput): Assumption[] => [
  {
    about: 'contacts',
    text: 'Contacts, products, courses, templates and the policy are as they are now; bookings, enrollments, consents and suppressions as they were at each moment.',
  },
  {
    about: 'runs',
    text: flow.flow_id
      ? 'Runs that were under way when the period began are left out; who had entered before does not enter again where the flow says once.'
      : 'Nobody has entered the flow before the period.',
  },
  {
    about: 'events',
    text: 'Events that the simulated flow itself caused are left out; those that followed from its messages in other ways (a reply, a purchase) are on record as they were.',
  },
];

const percent = (rate: number): string => `${Math.round(rate * 100)} %`;
