import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { RegisterForm } from '../../../account/register-form';
import type { PageProps } from '../../../i18n/page-props';
import { languageOf } from '../../../i18n/page-props';

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const t = await getTranslations({ locale: await languageOf(params), namespace: 'titles' });
  return { title: t('register') };
}

export default async function Page({ params }: PageProps) {
  await languageOf(params);
  return (
    <Suspense>
      <RegisterForm />
    </Suspense>
  );
}
