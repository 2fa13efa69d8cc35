'use client';
import { useTranslations } from 'next-intl';
import { BodyEditor } from './body-editor';
import type { Variant } from './content';
import type { Placed } from './findings';
import { findingsAt } from './findings';
import { WrittenField } from './written-field';

export interface VariantProps {
  variant: Variant;
  locale: string;
  findings: readonly Placed[];
  onChange: (change: Partial<Variant>) => void;
}

/** An email in one language. */
export function EmailFields({ variant, locale, findings, onChange }: VariantProps) {
  const t = useTranslations('template.email');
  const at = (field: string) => findingsAt(findings, locale, field);
  return (
    <>
      <WrittenField
        label={t('subject')}
        value={variant.subject ?? ''}
        onWrite={(subject) => onChange({ subject })}
        findings={at('subject')}
      />
      <WrittenField
        label={t('preheader')}
        hint={t('preheaderHint')}
        value={variant.preheader ?? ''}
        onWrite={(preheader) => onChange({ preheader })}
        findings={at('preheader')}
      />
      <BodyEditor variant={variant} onChange={onChange} findings={at('body')} />
      <details open={variant.text !== undefined}>
        <summary className="min-h-6 cursor-pointer text-sm text-sea hover:underline">{t('textPart')}</summary>
        <div className="pt-3">
          <WrittenField
            label={t('textLabel')}
            hint={t('textHint')}
            value={variant.text ?? ''}
            onWrite={(text) => onChange({ text })}
            lines={6}
            findings={at('text')}
          />
        </div>
      </details>
    </>
  );
}
