'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { CompactSelect } from '../components/compact-controls';
import type { Template } from '../data/templates';
import { useAddress } from '../i18n/use-address';
import { asGiven, withVariant } from './content';
import { EmailFields } from './email-fields';
import { Languages } from './languages';
import { MessageFields } from './message-fields';
import { PreviewPanel } from './preview-panel';
import { fullName, SampleChoice, useSample } from './sample-choice';
import { TestSend } from './test-send';
import type { Draft } from './use-draft';
import { usePreview } from './use-preview';
import { VariablePicker } from './variable-picker';
import { WhatsAppFields } from './whatsapp-fields';

interface Props {
  template: Template;
  draft: Draft;
  /** False for who may only look. */
  editable: boolean;
  /** Saves what is written; null when it is saved. */
  save: (() => Promise<unknown>) | null;
}

/** What is written on the one side, and what the recipient gets of it on the other. */
export function WritingDesk({ template: { id, channel }, draft, editable, save }: Props) {
  const t = useTranslations('template');
  const { content, change } = draft;
  const { values, set } = useAddress(['locale', 'contact']);
  const locale = content.locales[values.locale] ? values.locale : content.default_locale;
  const variant = content.locales[locale] ?? {};
  const [shownAs, setShownAs] = useState<'marketing' | 'transactional'>('marketing');
  const { sample, contact } = useSample(values.contact);
  const preview = usePreview({ channel, content: asGiven(content), locale, class: shownAs, ...sample });
  const fields = {
    variant,
    locale,
    findings: preview.findings,
    onChange: (part: Partial<typeof variant>) => change(withVariant(content, locale, part)),
  };
  return (
    <VariablePicker sample={sample} locale={locale} attributes={contact?.attributes ?? {}}>
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
        <div className="min-w-0">
          <a
            href="#preview"
            className="mb-2 inline-flex min-h-11 items-center text-sm text-sea underline underline-offset-3 lg:hidden"
          >
            {t('preview.go')}
          </a>
          <Languages
            content={content}
            locale={locale}
            editable={editable}
            onChoose={(next) => set({ locale: next })}
            onChange={change}
          />
          <fieldset key={locale} disabled={!editable} className="grid min-w-0 gap-5">
            <legend className="sr-only">{t('writing.title')}</legend>
            {channel === 'email' && <EmailFields {...fields} />}
            {channel === 'whatsapp' && <WhatsAppFields {...fields} />}
            {channel === 'sms' && <MessageFields {...fields} hint={t('sms.hint')} />}
            {!['email', 'whatsapp', 'sms'].includes(channel) && <MessageFields {...fields} />}
          </fieldset>
        </div>
        <div className="grid min-w-0 gap-5 lg:sticky lg:top-6 lg:max-h-[calc(100dvh-3rem)] lg:overflow-y-auto">
          <PreviewPanel preview={preview}>
            {channel === 'email' && (
              <CompactSelect
                label={t('preview.class')}
                value={shownAs}
                options={[
                  ['marketing', t('preview.marketing')],
                  ['transactional', t('preview.transactional')],
                ]}
                onChoose={(next) => setShownAs(next as typeof shownAs)}
              />
            )}
            <SampleChoice
              chosen={contact && (fullName(contact) || t('sample.unnamed'))}
              onChoose={(next) => set({ contact: next })}
            />
          </PreviewPanel>
          {editable && <TestSend {...{ id, channel, locale, shownAs, sample, save }} />}
        </div>
      </div>
    </VariablePicker>
  );
}
