import type { INodeProperties } from 'n8n-workflow';
import type { Operation, Resource } from './operation';

/** The parameters of the node: resource, operation, and those of each operation, shown only with it. */
export const nodeProperties = (resources: Resource[]): INodeProperties[] => [
  {
    displayName: 'Resource',
    name: 'resource',
    type: 'options',
    noDataExpression: true,
    options: [...resources].sort(byName).map(({ name, value }) => ({ name, value })),
    default: 'contact',
  },
  ...resources.flatMap((resource) => [
    operationChoice(resource),
    ...resource.operations.flatMap((operation) => parametersOf(resource, operation)),
  ]),
];

const byName = (a: { name: string }, b: { name: string }): number => a.name.localeCompare(b.name, 'en');

const operationChoice = ({ value: resource, operations }: Resource): INodeProperties => ({
  displayName: 'Operation',
  name: 'operation',
  type: 'options',
  noDataExpression: true,
  displayOptions: { show: { resource: [resource] } },
  options: [...operations]
    .sort(byName)
    .map(({ name, value, action, description }) => ({ name, value, action, description })),
  default: firstOf(operations),
});

const firstOf = (operations: Operation[]): string => operations[0]?.value ?? '';

const parametersOf = (resource: Resource, operation: Operation): INodeProperties[] =>
  [
    ...operation.properties,
    ...(operation.paged ? paging : []),
    ...(operation.idempotent && !operation.batch ? [options] : []),
  ].map((property) => ({
    ...property,
    displayOptions: {
      ...property.displayOptions,
      show: {
        resource: [resource.value],
        operation: [operation.value],
        ...property.displayOptions?.show,
      },
    },
  }));

const paging: INodeProperties[] = [
  {
    displayName: 'Return All',
    name: 'returnAll',
    type: 'boolean',
    default: false,
    description: 'Whether to return all results or only up to a given limit',
  },
  {
    displayName: 'Limit',
    name: 'limit',
    type: 'number',
    typeOptions: { minValue: 1 },
    displayOptions: { show: { returnAll: [false] } },
    default: 50,
    description: 'Max number of results to return',
  },
];

const options: INodeProperties = {
  displayName: 'Options',
  name: 'options',
  type: 'collection',
  placeholder: 'Add option',
  default: {},
  options: [
    {
      displayName: 'Idempotency Key',
      name: 'idempotencyKey',
      type: 'string',
      default: '',
      description:
        'The same key again answers as the first time and changes nothing. Left out, each try of one item in one execution has the same key.',
    },
  ],
};
