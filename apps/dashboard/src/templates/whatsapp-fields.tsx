'use client';
import { Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '../components/button';
import { SignButton } from '../components/compact-controls';
import { ChoiceField, Field } from '../components/field';
import type { ApprovedTemplate } from './content';
import type { VariantProps } from './email-fields';
import { FindingList } from './finding-list';
import { findingsAt } from './findings';
import { MessageFields } from './message-fields';
import { WrittenField } from './written-field';

/** WhatsApp takes a template that it approved, or a text within a day of the contact's last message. */
export function WhatsAppFields(props: VariantProps) {
  const t = useTranslations('template.whatsapp');
  const { variant, onChange, locale } = props;
  const { template } = variant;
  const choose = (kind: string) =>
    onChange(
      kind === 'text'
        ? { text: variant.text ?? '', template: undefined }
        : { text: undefined, template: { name: '', language: locale.replace('-', '_'), body: [''] } },
    );
  return (
    <>
      <ChoiceField
        label={t('kind')}
        value={template ? 'approved' : 'text'}
        options={[
          ['approved', t('approved')],
          ['text', t('free')],
        ]}
        hint={t(template ? 'approvedHint' : 'freeHint')}
        onChange={({ target }) => choose(target.value)}
      />
      {template ? <ApprovedFields {...props} template={template} /> : <MessageFields {...props} />}
    </>
  );
}

function ApprovedFields({
  template,
  locale,
  findings,
  onChange,
}: VariantProps & { template: ApprovedTemplate }) {
  const t = useTranslations('template.whatsapp');
  const at = (field: string) => findingsAt(findings, locale, `template.${field}`);
  const put = (change: Partial<ApprovedTemplate>) => onChange({ template: { ...template, ...change } });
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label={t('name')}
          hint={t('nameHint')}
          value={template.name}
          onChange={({ target }) => put({ name: target.value })}
        />
        <Field
          label={t('language')}
          hint={t('languageHint')}
          value={template.language}
          onChange={({ target }) => put({ language: target.value })}
        />
      </div>
      <FindingList findings={[...at('name'), ...at('language')]} />
      <WrittenField
        label={t('header')}
        value={template.header ?? ''}
        onWrite={(header) => put({ header })}
        findings={at('header')}
      />
      <Values
        title={t('body')}
        add={t('addBody')}
        most={20}
        values={template.body}
        onChange={(body) => put({ body })}
        nameOf={(n) => `{{${n}}}`}
        findingsOf={(at0) => at(`body.${at0}`)}
      />
      <Values
        title={t('buttons')}
        add={t('addButton')}
        most={10}
        values={template.buttons ?? []}
        onChange={(buttons) => put({ buttons })}
        nameOf={(n) => t('button', { n })}
        findingsOf={(at0) => at(`buttons.${at0}`)}
      />
    </>
  );
}

interface ValuesProps {
  title: string;
  add: string;
  most: number;
  values: readonly string[];
  onChange: (values: string[]) => void;
  /** What the n-th is called, from 1. */
  nameOf: (n: number) => string;
  findingsOf: (at: number) => ReturnType<typeof findingsAt>;
}

/** What is filled in, in the order of the approved template: none can be moved without changing what it says. */
function Values({ title, add, most, values, onChange, nameOf, findingsOf }: ValuesProps) {
  const t = useTranslations('template.whatsapp');
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-2 text-sm font-semibold">{title}</legend>
      {values.map((value, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: their place is what they are called by.
        <div key={at} className="flex items-end gap-2">
          <div className="min-w-0 flex-1">
            <WrittenField
              label={nameOf(at + 1)}
              value={value}
              onWrite={(text) => onChange(values.with(at, text))}
              findings={findingsOf(at)}
            />
          </div>
          {at === values.length - 1 && (
            <SignButton
              label={t('remove', { name: nameOf(at + 1) })}
              className="mb-1"
              onClick={() => onChange(values.slice(0, -1))}
            >
              <Trash2 aria-hidden="true" />
            </SignButton>
          )}
        </div>
      ))}
      {values.length < most && (
        <div>
          <Button look="outlined" onClick={() => onChange([...values, ''])}>
            {add}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
