import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import type { PageProps } from '../../../../i18n/page-props';
import { languageOf } from '../../../../i18n/page-props';
import { MessagesPage } from '../../../../messages/messages-page';

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const t = await getTranslations({ locale: await languageOf(params), namespace: 'titles' });
  return { title: t('messages') };
}

export default async function Page({ params }: PageProps) {
  await languageOf(params);
  return (
    <Suspense>
      <MessagesPage />
    </Suspense>
  );
}
