'use client';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { useEffect } from 'react';
import { Skeleton } from '../components/skeleton';
import { Trouble } from '../components/trouble';
import { useLive } from '../data/live';
import { isRefused } from '../data/problem';
import { meQuery } from '../data/queries';
import { usePathname, useRouter } from '../i18n/navigation';
import { FirstOrganization } from './first-organization';
import { organizationOf } from './organization-switcher';
import { Shell } from './shell';

/** Pages for who is signed in. Everybody else is sent to the sign-in, which leads back here. */
export function SignedIn({ children }: { children: React.ReactNode }) {
  const { data: me, error, refetch } = useQuery(meQuery);
  const router = useRouter();
  const path = usePathname();
  const search = useSearchParams().toString();
  const away = isRefused(error, 'unauthenticated');
  useLive((me && !away && organizationOf(me)?.organization.id) || null);
  useEffect(() => {
    if (!away) return;
    const here = search ? `${path}?${search}` : path;
    router.replace(here === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(here)}`);
  }, [away, path, search, router]);
  if (me && !away)
    return me.memberships.length ? <Shell me={me}>{children}</Shell> : <FirstOrganization me={me} />;
  return (
    <main className="mx-auto max-w-6xl p-6">
      {error && !away ? <Trouble error={error} again={() => void refetch()} /> : <Skeleton lines={6} />}
    </main>
  );
}
