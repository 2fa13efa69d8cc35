import type { LiveTopic } from '@halyard/contracts/live/routes';
import type { QueryClient } from '@tanstack/react-query';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { meKey } from './queries';

/** The first elements of the query keys that a change of each topic is seen in. */
const keysOf: Record<LiveTopic, readonly string[]> = {
  messages: ['messages', 'message', 'booking', 'campaigns', 'campaign'],
  contacts: ['contacts', 'contact'],
  bookings: ['bookings', 'booking'],
  academy: ['courses', 'enrollments'],
  products: ['products', 'product'],
  events: ['events', 'contact'],
  flows: ['flows', 'flow'],
  templates: ['templates', 'template'],
  campaigns: ['campaigns', 'campaign'],
  imports: ['imports', 'import', 'contacts'],
  review_items: ['review-items', 'overview'],
  connections: ['connections', 'connection', 'overview'],
  sandbox: ['sandbox'],
  webhooks: ['webhooks', 'deliveries'],
  alerts: ['alerts', 'alert', 'alert-rules', 'alert-routes', 'failures'],
  organization: ['organization', ...meKey, 'members', 'invitations', 'api-keys', 'topics', 'audit'],
  overview: ['overview'],
};

/** A tab that nobody looks at for as long gives its connection back: browsers have six for each server, over all tabs. */
const hiddenMs = 60_000;
/** After a refusal, such as of one stream too many, the browser does not try again by itself. */
const refusedMs = 60_000;

/** Reads again what has changed, as the server tells it; `organization`: whose changes, null while nobody is signed in. */
export function useLive(organization: string | null): void {
  const queries = useQueryClient();
  useEffect(() => (organization === null ? undefined : follow(queries)), [organization, queries]);
}

function follow(queries: QueryClient): () => void {
  let source: EventSource | null = null;
  let later: ReturnType<typeof setTimeout> | undefined;
  /** Something may have changed while nobody listened. */
  let missed = false;

  const open = () => {
    const opened = new EventSource('/api/live');
    source = opened;
    opened.onopen = () => {
      if (missed) void queries.invalidateQueries();
      missed = false;
    };
    opened.onerror = () => {
      missed = true;
      if (opened.readyState !== EventSource.CLOSED) return; // the browser tries again
      void queries.invalidateQueries({ queryKey: meKey }); // who is no longer signed in is sent to the sign-in
      later = setTimeout(open, refusedMs);
    };
    opened.addEventListener('changed', ({ data }: MessageEvent<string>) => {
      const { topic } = JSON.parse(data) as { topic: LiveTopic };
      for (const key of keysOf[topic] ?? []) void queries.invalidateQueries({ queryKey: [key] });
    });
  };
  const close = () => {
    missed = true;
    clearTimeout(later);
    source?.close();
    source = null;
  };
  const look = () => {
    if (document.hidden) {
      clearTimeout(later);
      later = setTimeout(close, hiddenMs);
    } else if (source === null || source.readyState === EventSource.CLOSED) {
      close();
      open();
    } else clearTimeout(later);
  };

  look();
  document.addEventListener('visibilitychange', look);
  return () => {
    document.removeEventListener('visibilitychange', look);
    close();
  };
}
