'use client';
import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { buttonStyle } from '../components/button';
import { Panel } from '../components/panel';
import { Skeleton } from '../components/skeleton';
import { Trouble } from '../components/trouble';
import type { Import, Reject } from '../data/imports';
import { isMoving, rejectsFile, rejectsQuery } from '../data/imports';
import { useMay } from '../shell/use-may';
import { useFigures } from './use-figures';

/** The rows that could not be taken, with the reason of each: the first to read, all of them to mend. */
export function Rejects({ of: one }: { of: Import }) {
  const t = useTranslations('imports');
  const may = useMay();
  const { count } = useFigures();
  const there = one.rejected > 0 && !isMoving(one) && may('editor');
  const { data, error, refetch } = useQuery({ ...rejectsQuery(one.id), enabled: there });
  if (!there) return null;
  return (
    <Panel
      title={t('rejects', { count: one.rejected })}
      aside={
        <a className={buttonStyle({ look: 'outlined' })} href={rejectsFile(one.id)} download={nameOf(one)}>
          <Download aria-hidden="true" />
          {t('downloadRejects')}
        </a>
      }
    >
      {error ? <Trouble error={error} again={() => void refetch()} /> : !data && <Skeleton lines={5} />}
      {data && <RejectTable rejects={data} />}
      {data && data.length < one.rejected && (
        <p className="border-t border-rope px-5 py-3 text-sm text-ink-soft">
          {t('firstRejects', { count: count(data.length) })}
        </p>
      )}
    </Panel>
  );
}

const nameOf = ({ file_name }: Import) => `${file_name ?? 'import'}.rejected.csv`;
const head = 'px-3 py-2 text-left text-xs font-semibold text-ink-soft first:pl-5 last:pr-5';
const cell = 'block px-4 sm:table-cell sm:px-3 sm:py-2 sm:first:pl-5 sm:last:pr-5 align-top';

function RejectTable({ rejects }: { rejects: readonly Reject[] }) {
  const t = useTranslations('imports');
  return (
    <table className="w-full border-collapse text-sm">
      <thead className="hidden border-b border-rope sm:table-header-group">
        <tr>
          <th className={head}>{t('line')}</th>
          <th className={head}>{t('reason')}</th>
          <th className={head}>{t('row')}</th>
        </tr>
      </thead>
      <tbody className="divide-y divide-rope">
        {rejects.map(({ line, reason, row }) => (
          <tr key={line} className="block py-3 sm:table-row sm:py-0">
            <td className={cell}>
              <span className="text-ink-soft sm:hidden">{t('line')} </span>
              {line}
            </td>
            <td className={cell}>{reason}</td>
            <td className={`${cell} font-mono text-xs break-all text-ink-soft`}>{row}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
