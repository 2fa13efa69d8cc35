'use client';
import { useTranslations } from 'next-intl';
import type { Member } from '../../data/settings';
import { useMay } from '../../shell/use-may';

export type Role = Member['role'];

/** The roles that the person here may give: only owners make owners. */
export function useRolesToGive(): readonly (readonly [Role, string])[] {
  const t = useTranslations('shell.roles');
  const may = useMay();
  const roles = ['viewer', 'editor', 'admin', ...(may('owner') ? (['owner'] as const) : [])] as const;
  return roles.map((role) => [role, t(role)] as const);
}
