import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import type { PageProps } from '../../../../i18n/page-props';
import { languageOf } from '../../../../i18n/page-props';
import { MessagePage } from '../../../../messages/message-page';

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const t = await getTranslations({ locale: await languageOf(params), namespace: 'titles' });
  return { title: t('message') };
}

export default async function Page({ params }: PageProps) {
  await languageOf(params);
  return (
    <Suspense>
      <MessagePage />
    </Suspense>
  );
}
