import { Suspense } from 'react';
import { SignedIn } from '../../../shell/signed-in';

export default function Layout({ children }: { children: React.ReactNode }) {
  return (
    <Suspense>
      <SignedIn>{children}</SignedIn>
    </Suspense>
  );
}
