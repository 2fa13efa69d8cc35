'use client';
import { useState } from 'react';
import { CompactInput } from './compact-controls';

interface Props extends Omit<React.ComponentProps<'input'>, 'onChange' | 'value' | 'pattern'> {
  label: string;
  value: string;
  /** What can be taken. */
  pattern: RegExp;
  onChange: (value: string) => void;
}

/** Hands on only what can be taken; what is half written stays in the field and is marked. */
export function CheckedInput({ value, pattern, onChange, ...input }: Props) {
  const [written, setWritten] = useState(value);
  const [given, setGiven] = useState(value);
  if (value !== given) {
    // Changed from elsewhere, such as by undo.
    setGiven(value);
    setWritten(value);
  }
  return (
    <CompactInput
      value={written}
      aria-invalid={!pattern.test(written) || undefined}
      onChange={({ target }) => {
        setWritten(target.value);
        if (!pattern.test(target.value)) return;
        setGiven(target.value);
        onChange(target.value);
      }}
      {...input}
    />
  );
}
