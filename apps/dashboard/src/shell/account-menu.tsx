'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { LogOut, Settings2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Menu, MenuItem, MenuLine } from '../components/menu';
import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import type { Me } from '../data/queries';
import { useRouter } from '../i18n/navigation';
import { Preferences } from './preferences';

/** Who is signed in; language, theme, and the way out. */
export function AccountMenu({ me }: { me: Me }) {
  const t = useTranslations('shell');
  const queries = useQueryClient();
  const router = useRouter();
  const logOut = useMutation({
    mutationFn: () => answerOf(halyard.POST('/auth/logout')),
    onSettled: () => {
      queries.clear();
      router.replace('/sign-in');
    },
  });
  return (
    <Menu
      place="bottom-full left-0 mb-1.5"
      triggerClass="flex min-h-11 w-full items-center gap-3 rounded-md px-3 py-1.5 text-left hover:bg-hull-lit"
      trigger={
        <>
          <span className="grid min-w-0 flex-1">
            <span className="truncate text-sm font-medium">{me.name}</span>
            <span className="truncate text-xs text-on-hull-soft">{me.email}</span>
          </span>
          <span className="sr-only">{t('account')}</span>
          <Settings2 className="size-4 shrink-0 text-on-hull-soft" aria-hidden="true" />
        </>
      }
    >
      <Preferences />
      <MenuLine />
      <MenuItem onClick={() => logOut.mutate()}>
        <LogOut aria-hidden="true" />
        {t('logOut')}
      </MenuItem>
    </Menu>
  );
}
