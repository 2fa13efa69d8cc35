'use client';
import { useTranslations } from 'next-intl';
import type { VariantProps } from './email-fields';
import { findingsAt } from './findings';
import { WrittenField } from './written-field';

interface Props extends VariantProps {
  hint?: React.ReactNode;
}

/** A message that is text and nothing else: an SMS, a chat. */
export function MessageFields({ variant, locale, findings, onChange, hint }: Props) {
  const t = useTranslations('template');
  return (
    <WrittenField
      label={t('text')}
      hint={hint}
      value={variant.text ?? ''}
      onWrite={(text) => onChange({ text })}
      lines={6}
      findings={findingsAt(findings, locale, 'text')}
    />
  );
}
