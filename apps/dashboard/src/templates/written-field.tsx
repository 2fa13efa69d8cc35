'use client';
import { Bold, Braces, Link2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import { SignButton } from '../components/compact-controls';
import { Field, TextField } from '../components/field';
import { FindingList } from './finding-list';
import type { Placed } from './findings';
import type { Writing } from './insert-text';
import { surround } from './insert-text';
import { usePick } from './variable-picker';

interface Props {
  label: string;
  value: string;
  onWrite: (text: string) => void;
  hint?: React.ReactNode;
  /** How many lines are there to begin with; 1 for a field that takes no more. */
  lines?: number;
  /** Bold and links by their signs. */
  markup?: boolean;
  /** Source is shown in letters of one width. */
  source?: boolean;
  /** What stands in the same row as the tools. */
  more?: React.ReactNode;
  findings?: readonly Placed[];
}

/** A text of a template: variables can be put into it where the cursor stands, and what is wrong is told below it. */
export function WrittenField({ label, value, onWrite, hint, lines = 1, findings = [], ...kind }: Props) {
  const t = useTranslations('template.writing');
  const field = useRef<Writing>(null);
  const pick = usePick();
  const onField = (act: (field: Writing) => void) => () => field.current && act(field.current);
  const tools = (
    <span className="flex items-center">
      {kind.more}
      {kind.markup && (
        <>
          <SignButton label={t('bold', { label })} onClick={onField((at) => surround(at, '**', '**'))}>
            <Bold aria-hidden="true" />
          </SignButton>
          <SignButton
            label={t('link', { label })}
            onClick={onField((at) => surround(at, '[', '](https://)'))}
          >
            <Link2 aria-hidden="true" />
          </SignButton>
        </>
      )}
      <SignButton label={t('variable', { label })} onClick={onField(pick)}>
        <Braces aria-hidden="true" />
      </SignButton>
    </span>
  );
  const given = {
    label,
    hint,
    value,
    aside: tools,
    'aria-invalid': findings.some(({ severity }) => severity === 'error') || undefined,
    onChange: ({ target }: React.ChangeEvent<Writing>) => onWrite(target.value),
  };
  return (
    <div className="grid gap-2">
      {lines === 1 ? (
        <Field {...given} ref={field as React.Ref<HTMLInputElement>} />
      ) : (
        <TextField
          {...given}
          ref={field as React.Ref<HTMLTextAreaElement>}
          rows={kind.source ? lines : rowsOf(value, lines)}
          wrap={kind.source ? 'off' : 'soft'}
          spellCheck={!kind.source}
        />
      )}
      <FindingList findings={findings} />
    </div>
  );
}

const lettersInRow = 60;

/** As high as what is written, within reason: whoever writes sees all of it. */
const rowsOf = (text: string, atLeast: number): number => {
  const rows = text
    .split('\n')
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / lettersInRow)), 0);
  return Math.min(24, Math.max(atLeast, rows));
};
