import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { executeOperation } from './execute';
import { getTopics } from './methods/options';
import {
  searchCampaigns,
  searchCourses,
  searchFlows,
  searchProducts,
  searchTemplates,
} from './methods/search';
import { operationOf } from './operation-of';
import { nodeProperties } from './properties';
import { resources } from './resources';

/**
 * The actions of Halyard. Programmatic, as lists go on at a cursor, all items can go into one request, and errors are
 * shown in the words of Halyard's problem details; what the operations are is data, in `resources`.
 */
export class Halyard implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Halyard',
    name: 'halyard',
    icon: { light: 'file:../../icons/halyard.svg', dark: 'file:../../icons/halyard.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
    description: 'Tell Halyard what happened, send messages under its rules, and ask what became of them',
    defaults: { name: 'Halyard' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'halyardApi', required: true }],
    properties: nodeProperties(resources),
  };

  methods = {
    listSearch: { searchCampaigns, searchCourses, searchFlows, searchProducts, searchTemplates },
    loadOptions: { getTopics },
  };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    const resource = this.getNodeParameter('resource', 0);
    const operation = this.getNodeParameter('operation', 0);
    return [await executeOperation(this, operationOf(resources, resource, operation))];
  }
}
