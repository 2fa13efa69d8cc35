'use client';
import { useTranslations } from 'next-intl';
import { ColumnTable } from '../components/column-table';
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

/** Each column with what stands in it, and what it means. */
export function ColumnMapping({ opened: { headers, rows }, mapping, onChange }: Props) {
  const t = useTranslations('imports');
  return (
    <ColumnTable
      heads={[t('column'), t('firstRows'), t('meaning')]}
      empty={t('emptyColumn')}
      columns={headers.map((header, n) => {
        const meaning = mapping[header] ?? 'ignore';
        return {
          name: header,
          samples: rows.map((row) => row[n] ?? '').filter(Boolean),
          used: meaning !== 'ignore',
          meaning: (
            <Meaning
              header={header}
              meaning={meaning}
              onChange={(next) => onChange({ ...mapping, [header]: next })}
            />
          ),
        };
      })}
    />
  );
}

interface MeaningProps {
  header: string;
  meaning: string;
  onChange: (meaning: string) => void;
}

function Meaning({ header, meaning, onChange }: MeaningProps) {
  const t = useTranslations('imports');
  const meanings = useMeanings(meaning);
  const isOwn = meaning.startsWith(own);
  return (
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
  );
}
