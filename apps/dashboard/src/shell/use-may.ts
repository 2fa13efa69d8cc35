'use client';
import { useQuery } from '@tanstack/react-query';
import { meQuery } from '../data/queries';
import { organizationOf } from './organization-switcher';

const ranks = { viewer: 0, editor: 1, admin: 2, owner: 3 } as const;
type Role = keyof typeof ranks;

/** Whether the person here may do what asks for this role: who may not sees no button for it. */
export function useMay(): (role: Role) => boolean {
  const { data: me } = useQuery(meQuery);
  const own = me && organizationOf(me)?.role;
  return (role) => own !== undefined && ranks[own] >= ranks[role];
}
