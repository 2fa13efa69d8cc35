'use client';
import { useTranslations } from 'next-intl';
import { CheckedInput } from '../components/checked-input';
import { CompactSelect } from '../components/compact-controls';
import type { FactKind, KnownFact } from './known-facts';
import { useFactName } from './use-fact-name';

const other = 'other';
const kinds = ['text', 'number', 'yesNo', 'moment'] as const;

interface Props {
  path: string;
  kind: FactKind;
  facts: readonly KnownFact[];
  steps: Readonly<Record<string, string>> | undefined;
  onChange: (path: string, kind: FactKind) => void;
}

/** Which fact is looked at: one that is known by name, or any other by its path and what it holds. */
export function FactField({ path, kind, facts, steps, onChange }: Props) {
  const t = useTranslations('conditions');
  const factName = useFactName(steps);
  const known = facts.some((fact) => fact.path === path);
  const options = facts.map((fact) => [fact.path, factName(fact.path)] as const);
  const choose = (value: string) => {
    const fact = facts.find((one) => one.path === value);
    onChange(fact?.path ?? 'contact.attributes.level', fact?.kind ?? 'text');
  };
  return (
    <>
      <CompactSelect
        label={t('fact')}
        value={known ? path : other}
        options={[...options, [other, t('otherFact')]]}
        onChoose={choose}
        className="max-w-full"
      />
      {!known && <OtherFact path={path} kind={kind} onChange={onChange} />}
    </>
  );
}

const shape = /^(contact|subject|event|product|steps|organization)(\.[A-Za-z0-9_-]+)+$/;

function OtherFact({ path, kind, onChange }: Pick<Props, 'path' | 'kind' | 'onChange'>) {
  const t = useTranslations('conditions');
  return (
    <>
      <CheckedInput
        label={t('factPath')}
        value={path}
        pattern={shape}
        title={t('factPathHint')}
        className="w-56 flex-1"
        onChange={(next) => onChange(next, kind)}
      />
      <CompactSelect
        label={t('factKind')}
        value={kind}
        options={kinds.map((one) => [one, t(`kinds.${one}`)] as const)}
        onChoose={(next) => onChange(path, next as FactKind)}
      />
    </>
  );
}
