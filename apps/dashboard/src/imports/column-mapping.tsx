'use client';
import { useTranslations } from 'next-intl';
import { CompactInput, CompactSelect } from '../components/compact-controls';
import type { Mapping } from './guess-meaning';
import { keyOf } from './guess-meaning';
import type { OpenFile } from './open-file';
import { useMeanings } from './use-meanings';

interface Props {
  opened: OpenFile;
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
}

const own = 'attributes.';
const head = 'px-3 py-2 text-left text-xs font-semibold text-ink-soft first:pl-5 last:pr-5';

/** Each column with what stands in it, and what it means. */
export function ColumnMapping({ opened: { headers, rows }, mapping, onChange }: Props) {
  const t = useTranslations('imports');
  return (
    <table className="w-full border-collapse text-sm">
      <thead className="hidden border-b border-rope sm:table-header-group">
        <tr>
          <th className={head}>{t('column')}</th>
          <th className={head}>{t('firstRows')}</th>
          <th className={head}>{t('meaning')}</th>
        </tr>
      </thead>
      <tbody className="divide-y divide-rope">
        {headers.map((header, n) => (
          <MappedColumn
            key={header}
            header={header}
            samples={rows.map((row) => row[n] ?? '').filter(Boolean)}
            meaning={mapping[header] ?? 'ignore'}
            onChange={(meaning) => onChange({ ...mapping, [header]: meaning })}
          />
        ))}
      </tbody>
    </table>
  );
}

interface ColumnProps {
  header: string;
  samples: readonly string[];
  meaning: string;
  onChange: (meaning: string) => void;
}

const cell = 'block px-4 py-1 sm:table-cell sm:px-3 sm:py-2 sm:first:pl-5 sm:last:pr-5';
const shownSamples = 3;

function MappedColumn({ header, samples, meaning, onChange }: ColumnProps) {
  const t = useTranslations('imports');
  const meanings = useMeanings(meaning);
  const isOwn = meaning.startsWith(own);
  return (
    <tr className={`block py-2 sm:table-row sm:py-0 ${meaning === 'ignore' ? 'text-ink-soft' : ''}`}>
      <td className={`${cell} font-semibold break-words`}>{header}</td>
      <td className={`${cell} text-ink-soft`}>
        <span className="line-clamp-2 break-all">
          {samples.slice(0, shownSamples).join(' · ') || t('emptyColumn')}
        </span>
      </td>
      <td className={cell}>
        <div className="flex flex-wrap gap-2">
          <CompactSelect
            label={t('meaningOf', { column: header })}
            className="w-full sm:w-52"
            value={isOwn ? own : meaning}
            options={meanings}
            onChoose={(next) => onChange(next === own ? own + keyOf(header) : next)}
          />
          {isOwn && (
            <CompactInput
              label={t('attributeOf', { column: header })}
              className="w-full sm:w-40"
              value={meaning.slice(own.length)}
              onChange={(event) => onChange(own + event.target.value)}
            />
          )}
        </div>
      </td>
    </tr>
  );
}
