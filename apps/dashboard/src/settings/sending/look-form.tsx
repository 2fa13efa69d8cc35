'use client';
import type { Schema } from '@halyard/client/client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../../components/button';
import { CheckField, Field } from '../../components/field';
import { halyard } from '../../data/halyard';
import { answerOf } from '../../data/problem';
import { useAct } from '../../data/use-act';
import { useMay } from '../../shell/use-may';
import { FormPanel } from '../form-panel';

type Look = Schema<'OrganizationLook'>;

const mostBytes = 48 * 1024;
const kinds = ['image/png', 'image/jpeg', 'image/webp'];

/** What recipients see where they unsubscribe, choose topics or confirm: the organization's colour and logo. */
export function LookForm({ look }: { look: Look }) {
  const t = useTranslations('settings.sending.look');
  const acts = useTranslations('acts');
  const [values, setValues] = useState(look);
  const [refused, setRefused] = useState(false);
  const save = useAct({
    do: (body: Look) => answerOf(halyard.PUT('/organization/look', { body })),
    changes: ['organization-look'],
    done: () => ({ text: acts('saved'), undo: () => void save.mutate(look) }),
    tellsErrors: true,
  });
  const choose = async (file: File | undefined) => {
    if (!file) return;
    const wrong = file.size > mostBytes || !kinds.includes(file.type);
    setRefused(wrong);
    if (!wrong) setValues({ ...values, logo: await dataUrlOf(file) });
  };
  return (
    <FormPanel
      title={t('title')}
      act={acts('save')}
      look="outlined"
      busy={save.isPending}
      error={save.error}
      readOnly={!useMay()('admin')}
      onSubmit={() => save.mutate(values)}
    >
      <p className="text-sm text-ink-soft">{t('text')}</p>
      <div className="grid items-start gap-5 sm:grid-cols-2">
        <div>
          <CheckField
            label={t('ownColor')}
            checked={values.brand_color !== null}
            onChange={({ target }) =>
              setValues({ ...values, brand_color: target.checked ? '#0b5cad' : null })
            }
          />
          {values.brand_color !== null && (
            <Field
              type="color"
              label={t('color')}
              hint={t('colorHint')}
              value={values.brand_color}
              onChange={({ target }) => setValues({ ...values, brand_color: target.value })}
            />
          )}
        </div>
        <div className="grid justify-items-start gap-3">
          <Field
            type="file"
            accept={kinds.join()}
            className="max-w-full"
            label={t('logo')}
            hint={t('logoHint')}
            error={refused ? t('logoWrong') : undefined}
            onChange={({ target }) => void choose(target.files?.[0])}
          />
          {values.logo && (
            <>
              {/* biome-ignore lint/performance/noImgElement: a data URL, which no optimizer could make smaller. */}
              <img src={values.logo} alt={t('logo')} className="max-h-18 max-w-55 rounded-sm bg-sunk p-2" />
              <Button look="plain" onClick={() => setValues({ ...values, logo: null })}>
                {t('noLogo')}
              </Button>
            </>
          )}
        </div>
      </div>
    </FormPanel>
  );
}

function dataUrlOf(file: File): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const reader = new FileReader();
  reader.onload = () => resolve(String(reader.result));
  reader.onerror = () => reject(reader.error);
  reader.readAsDataURL(file);
  return promise;
}
