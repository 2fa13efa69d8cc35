import { createHalyard } from '@halyard/client/client';

/** The API, on our own origin: the session cookie goes along, and no page of another site can make it (ADR 11). */
export const halyard = createHalyard({ url: '/api' });
