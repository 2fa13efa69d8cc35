'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '../i18n/navigation';

/** What to do when somebody has just signed in: forget what was known of who was here before, and go on. */
export function useArrival(): (next: string) => void {
  const queries = useQueryClient();
  const router = useRouter();
  return (next) => {
    queries.clear();
    router.replace(next);
  };
}
