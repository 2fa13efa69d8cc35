import type { INodeProperties } from 'n8n-workflow';
import type { Sent } from '../operation';

const id = '0199f3a2-6c1e-7b64-9d0a-3c5f2b1e8a70';

/** Something of Halyard, picked from a list that the API gives or named by its id. */
const located = (
  displayName: string,
  name: string,
  searchListMethod: string,
  by: { name: string; displayName: string; placeholder: string } = {
    name: 'id',
    displayName: 'By ID',
    placeholder: id,
  },
): INodeProperties => ({
  displayName,
  name,
  type: 'resourceLocator',
  default: { mode: 'list', value: '' },
  required: true,
  modes: [
    {
      displayName: 'From List',
      name: 'list',
      type: 'list',
      typeOptions: { searchListMethod, searchable: true },
    },
    { ...by, type: 'string' },
  ],
});

export const flow = located('Flow', 'flowId', 'searchFlows');
export const product = located('Product', 'productId', 'searchProducts');

/** Where a product may also be named by its own key. */
export const productOrKey: INodeProperties = {
  ...product,
  required: false,
  modes: [
    ...(product.modes ?? []),
    { displayName: 'By Key', name: 'key', type: 'string', placeholder: 'sailing-course' },
  ],
};
export const productOrKeySent: Sent = { byMode: { key: 'product_key' } };

export const course = located('Course', 'courseId', 'searchCourses');
export const campaign = located('Campaign', 'campaignId', 'searchCampaigns');
export const template = located('Template', 'template', 'searchTemplates', {
  name: 'key',
  displayName: 'By Key',
  placeholder: 'welcome',
});

/** The same where it need not be named. */
export const optional = (property: INodeProperties): INodeProperties => ({ ...property, required: false });

/** An id, as another node gave it. */
export const idOf = (displayName: string, name: string, description?: string): INodeProperties => ({
  displayName,
  name,
  type: 'string',
  default: '',
  required: true,
  placeholder: id,
  ...(description && { description }),
});
