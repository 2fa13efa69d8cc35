'use client';
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { isRefused, Refused } from './problem';
import { meKey } from './queries';

/** What was refused is refused again; only what did not arrive is worth another try. */
const worthAnotherTry = (failures: number, error: unknown) => !(error instanceof Refused) && failures < 2;

function makeClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      // The session ended while the page was open: whoever asks for `me` then sends to the sign-in.
      onError: (error, query) => {
        if (isRefused(error, 'unauthenticated') && query.queryKey[0] !== meKey[0])
          void client.invalidateQueries({ queryKey: meKey });
      },
    }),
    defaultOptions: { queries: { retry: worthAnotherTry, staleTime: 10_000 } },
  });
  return client;
}

export function QueryProvider({ children }: { children: React.ReactNode }) {
  const [client] = useState(makeClient);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
