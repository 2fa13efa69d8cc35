'use client';
import { useTranslations } from 'next-intl';
import type { OpenFile } from './open-file';

/** How a file begins, where its columns need no meaning. */
export function Preview({ opened: { headers, rows } }: { opened: OpenFile }) {
  const t = useTranslations('imports');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard.
    <section aria-label={t('firstRows')} tabIndex={0} className="overflow-x-auto">
      <table className="w-full border-collapse text-sm">
        <thead className="border-b border-rope">
          <tr>
            {headers.map((header) => (
              <th key={header} className="px-3 py-2 text-left text-xs font-semibold text-ink-soft first:pl-5">
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-rope">
          {rows.map((row) => (
            <tr key={row.join('\n')}>
              {headers.map((header, n) => (
                <td key={header} className="max-w-60 truncate px-3 py-2 first:pl-5">
                  {row[n]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
