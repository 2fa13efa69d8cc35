'use client';
import { useTranslations } from 'next-intl';
import { At } from '../../components/at';
import { Button } from '../../components/button';
import type { AuditFilter, AuditRecord } from '../../data/settings';
import { useActionWords } from './action-words';

interface Props {
  record: AuditRecord;
  onNarrow: (changes: Partial<AuditFilter>) => void;
}

/** Who did what to what; what changed on request. */
export function AuditRow({ record: { seq, at, actor, action, target, changes }, onNarrow }: Props) {
  const t = useTranslations('settings.audit');
  const named = useActionWords();
  const changed = Object.entries(changes);
  const { id } = actor;
  const who = actor.name ?? t(`actors.${actor.type}`);
  return (
    <li className="px-4 py-3 text-sm sm:px-5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <p className="font-semibold">{named(action)}</p>
        <p className="text-ink-soft">
          <At instant={at} /> · {t('seq', { seq })}
        </p>
      </div>
      <p className="flex flex-wrap items-center gap-x-3 text-ink-soft">
        {id ? (
          <Button
            look="link"
            size="inline"
            className="min-h-11 sm:min-h-6"
            onClick={() => onNarrow({ actor_id: id })}
          >
            {who}
          </Button>
        ) : (
          <span>{who}</span>
        )}
        {target && (
          <Button
            look="link"
            size="inline"
            className="min-h-11 min-w-0 font-normal sm:min-h-6"
            title={`${target.type} ${target.id}`}
            onClick={() => onNarrow({ target_type: target.type, target_id: target.id })}
          >
            <span className="truncate">{nameOf(changes) ?? shortened(target.id)}</span>
          </Button>
        )}
      </p>
      {changed.length > 0 && (
        <details>
          <summary className="inline-flex min-h-11 items-center text-sea sm:min-h-7">
            {t('changes', { count: changed.length })}
          </summary>
          <dl className="mt-1 grid gap-1 rounded-md bg-sunk px-3 py-2 sm:grid-cols-[minmax(6rem,auto)_minmax(0,1fr)] sm:gap-x-4">
            {changed.map(([name, value]) => (
              <div key={name} className="sm:col-span-2 sm:grid sm:grid-cols-subgrid">
                <dt className="text-ink-soft">{name}</dt>
                <dd className="break-words whitespace-pre-wrap">
                  {typeof value === 'string' ? value : JSON.stringify(value, null, 2)}
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </li>
  );
}

/** What it was called, where the record says so. */
function nameOf({ name, email, address }: AuditRecord['changes']): string | null {
  return [name, email, address].find((one) => typeof one === 'string') ?? null;
}

const longest = 24;
const shortened = (id: string): string => (id.length > longest ? `${id.slice(0, 8)}…` : id);
