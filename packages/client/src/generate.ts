import { openApiDocument } from '@halyard/contracts/openapi/document';
import { routes } from '@halyard/contracts/routes';
import type { OpenAPI3 } from 'openapi-typescript';
import openapiTS, { astToString } from 'openapi-typescript';

const banner = '/* Generated from the route table in packages/contracts. Do not edit: pnpm client */\n';

/** The text of schema.gen.ts for the routes as they are now. */
export async function clientSource(): Promise<string> {
  const document = openApiDocument(routes) as unknown as OpenAPI3;
  return banner + astToString(await openapiTS(document, { alphabetize: true }));
}
