import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { PageProps } from '../../../i18n/page-props';
import { languageOf } from '../../../i18n/page-props';
import { NotFoundPage } from '../../../shell/not-found-page';

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const t = await getTranslations({ locale: await languageOf(params), namespace: 'titles' });
  return { title: t('notFound') };
}

export default async function Page({ params }: PageProps) {
  await languageOf(params);
  return <NotFoundPage />;
}
