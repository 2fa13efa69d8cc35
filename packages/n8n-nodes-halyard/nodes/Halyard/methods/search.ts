import type {
  IDataObject,
  ILoadOptionsFunctions,
  INodeListSearchItems,
  INodeListSearchResult,
} from 'n8n-workflow';
import { callHalyard } from '../../api/call';

interface Listing {
  path: string;
  query?: IDataObject;
  /** The API searches by this parameter; without one, what was read is filtered. */
  searchBy?: string;
  shown: (entry: IDataObject) => INodeListSearchItems;
}

type Search = (
  this: ILoadOptionsFunctions,
  filter?: string,
  paginationToken?: string,
) => Promise<INodeListSearchResult>;

/** The list of a resource locator, page by page. */
const searching = ({ path, query, searchBy, shown }: Listing): Search =>
  async function (this: ILoadOptionsFunctions, filter?: string, paginationToken?: string) {
    const page = (await callHalyard(this, {
      method: 'GET',
      path,
      query: {
        ...query,
        limit: 200,
        ...(paginationToken && { cursor: paginationToken }),
        ...(searchBy && filter && { [searchBy]: filter }),
      },
    })) as { items: IDataObject[]; next_cursor: string | null };
    const results = page.items.map(shown);
    const wanted = filter && !searchBy ? results.filter(({ name }) => contains(name, filter)) : results;
    return { results: wanted, paginationToken: page.next_cursor ?? undefined };
  };

const contains = (name: string, part: string): boolean => name.toLowerCase().includes(part.toLowerCase());

const named = (entry: IDataObject): INodeListSearchItems => ({
  name: String(entry.name),
  value: String(entry.id),
});

export const searchFlows = searching({ path: '/flows', shown: named });
export const searchProducts = searching({ path: '/products', shown: named });
export const searchCourses = searching({ path: '/courses', shown: named });
export const searchCampaigns = searching({ path: '/campaigns', shown: named });

/** A template is named by its key; it may have one for each channel. */
export const searchTemplates = searching({
  path: '/templates',
  searchBy: 'search',
  shown: ({ name, key, channel }) => ({ name: `${name} (${key}, ${channel})`, value: String(key) }),
});
