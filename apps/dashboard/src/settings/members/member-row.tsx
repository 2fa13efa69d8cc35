'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { AskFirst } from '../../components/ask-first';
import { At } from '../../components/at';
import { halyard } from '../../data/halyard';
import { answerOf } from '../../data/problem';
import { meQuery } from '../../data/queries';
import type { Member } from '../../data/settings';
import { useAct } from '../../data/use-act';
import { useMay } from '../../shell/use-may';
import type { Role } from './roles';
import { useRolesToGive } from './roles';

/** A member; their role can be changed in place, and changed back. */
export function MemberRow({ member: { id, name, email, role, joined_at } }: { member: Member }) {
  const t = useTranslations();
  const words = useTranslations('settings.members');
  const may = useMay();
  const myself = useQuery(meQuery).data?.id === id;
  const mine = may('owner') || role !== 'owner'; // only owners change owners
  const roles = useRolesToGive();
  const at = { params: { path: { id } } };
  const change = useAct({
    do: (role: Role) => answerOf(halyard.PATCH('/users/{id}', { ...at, body: { role } })),
    changes: ['members', 'me'],
    done: (after) => ({
      text: words('roleChanged', { name, role: t(`shell.roles.${after.role}`) }),
      undo: () => void change.mutate(role),
    }),
  });
  const remove = useAct({
    do: () => answerOf(halyard.DELETE('/users/{id}', at)),
    changes: ['members'],
    done: () => ({ text: words('removed', { name }) }),
  });
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-4 py-3 sm:px-5">
      <div className="min-w-0 flex-1 basis-60">
        <p className="font-semibold">
          {name}
          {myself && <span className="ml-2 font-normal text-ink-soft">{words('you')}</span>}
        </p>
        <p className="text-sm break-words text-ink-soft">
          {email} · {words('since')} <At instant={joined_at} as="relative" />
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {mine ? (
          <select
            aria-label={words('roleOf', { name })}
            value={role}
            disabled={change.isPending}
            onChange={({ target }) => change.mutate(target.value as Role)}
            className="h-11 rounded-md border border-rope-strong bg-sail px-2.5 text-sm sm:h-9"
          >
            {roles.map(([value, text]) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </select>
        ) : (
          <span className="text-sm">{t(`shell.roles.${role}`)}</span>
        )}
        {mine && !myself && (
          <AskFirst
            act={words('remove')}
            means={words('removeMeans', { name })}
            now={words('removeNow')}
            onSure={() => remove.mutateAsync()}
          />
        )}
      </div>
    </li>
  );
}
