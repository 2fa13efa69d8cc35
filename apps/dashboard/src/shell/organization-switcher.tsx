'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ChevronsUpDown, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Menu, MenuChoice, MenuItem, MenuLine } from '../components/menu';
import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import type { Me } from '../data/queries';
import { useRouter } from '../i18n/navigation';

/** The organization that this session works in: the active one, or the only one. */
export const organizationOf = ({ memberships, active_organization_id: active }: Me) =>
  memberships.find(({ organization }) => organization.id === active) ?? memberships[0];

/** Which organization is shown, and the way to another or a new one. */
export function OrganizationSwitcher({ me }: { me: Me }) {
  const t = useTranslations('shell');
  const queries = useQueryClient();
  const router = useRouter();
  const activate = useMutation({
    mutationFn: (id: string) =>
      answerOf(halyard.POST('/organizations/{id}/activate', { params: { path: { id } } })),
    // Not a byte of one organization stays on the screen of another.
    onSuccess: async () => {
      router.push('/');
      await queries.resetQueries();
    },
  });
  const current = organizationOf(me);
  if (!current) return null;
  const label = (
    <span className="grid min-w-0 flex-1 text-left">
      <span className="truncate text-sm font-semibold">{current.organization.name}</span>
      <span className="text-xs text-on-hull-soft">{t(`roles.${current.role}`)}</span>
    </span>
  );
  const box = 'flex w-full items-center gap-2 rounded-md border border-hull-lit px-3 py-2';
  return (
    <Menu
      place="top-full left-0 mt-1.5 w-full"
      triggerClass={`${box} hover:bg-hull-lit`}
      trigger={
        <>
          {label}
          <span className="sr-only">{t('switch')}</span>
          <ChevronsUpDown className="size-4 text-on-hull-soft" aria-hidden="true" />
        </>
      }
    >
      <MenuChoice
        title={t('organizations')}
        value={current.organization.id}
        options={me.memberships.map(({ organization: { id, name } }) => [id, name] as const)}
        onChoose={(id) => activate.mutate(id)}
      />
      <MenuLine />
      <MenuItem onClick={() => router.push('/settings/profile?create=yes')}>
        <Plus aria-hidden="true" />
        {t('createOrganization')}
      </MenuItem>
    </Menu>
  );
}
