'use client';
import { useTranslations } from 'next-intl';
import { ColumnTable } from '../../components/column-table';
import { CompactSelect } from '../../components/compact-controls';
import type { SourceLook } from '../../data/settings';
import type { ColumnPart } from './column-parts';
import { needed, partOf, parts, withMeaning } from './column-parts';
import type { FieldsProps } from './table-fields';

/** Each column of the table with what stands in it, and what Halyard reads or writes there. */
export function MappingTable({
  draft: { mapping },
  look,
  issues,
  onChange,
}: FieldsProps & { look: SourceLook | undefined }) {
  const t = useTranslations('settings.sources');
  const known = look?.columns.map(({ name }) => name) ?? [];
  const gone = [...new Set(Object.values(mapping))].filter((name) => !known.includes(name));
  const missing = needed.filter((part) => !mapping[part]);
  const wrong = Object.keys(issues).some((path) => /^(columns|write_back)\./.test(path));
  const options = [['', t('unused')] as const, ...parts.map((part) => [part, t(`parts.${part}`)] as const)];
  return (
    <section className="grid min-w-0 gap-2" aria-labelledby="columns">
      <h3 id="columns" className="text-base">
        {t('columns')}
      </h3>
      <p className="text-sm text-ink-soft">{t('columnsHint')}</p>
      <div className="-mx-4 border-y border-rope sm:mx-0 sm:rounded-md sm:border">
        <ColumnTable
          heads={[t('column'), t('stands'), t('meaning')]}
          empty={t('emptyColumn')}
          columns={[...known, ...gone].map((name, at) => {
            const meaning = partOf(mapping, name);
            const { type, key } = look?.columns[at] ?? {};
            return {
              name,
              ...(type && { note: key ? t('keyOf', { type }) : type }),
              samples: (look?.rows ?? []).flatMap((row) => row[at] || []),
              used: meaning !== '',
              meaning: (
                <CompactSelect
                  label={t('meaningOf', { column: name })}
                  className="w-full sm:w-56"
                  value={meaning}
                  options={options}
                  onChoose={(part) =>
                    onChange({ mapping: withMeaning(mapping, name, part as ColumnPart | '') })
                  }
                />
              ),
            };
          })}
        />
      </div>
      {missing.length > 0 && (
        <p className={wrong ? 'text-sm font-medium text-flare-ink' : 'text-sm text-ink-soft'}>
          {t('missingParts', { parts: missing.map((part) => t(`parts.${part}`)).join(', ') })}
        </p>
      )}
    </section>
  );
}
