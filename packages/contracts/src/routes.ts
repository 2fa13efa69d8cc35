import { productRoutes } from './products/routes.js';
import type { Route } from './route.js';

/** The route table: every route of the API, by feature. */
export const routes: readonly Route[] = [productRoutes].flatMap(
  (feature) => Object.values(feature) as Route[],
);
