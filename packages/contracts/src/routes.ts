import { bookingRoutes } from './bookings/routes.js';
import { eventRoutes } from './events/routes.js';
import { productRoutes } from './products/routes.js';
import type { Route } from './route.js';

/** The route table: every route of the API, by feature. */
export const routes: readonly Route[] = [productRoutes, bookingRoutes, eventRoutes].flatMap(
  (feature) => Object.values(feature) as Route[],
);
