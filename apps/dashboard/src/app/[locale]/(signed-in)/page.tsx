import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { PageProps } from '../../../i18n/page-props';
import { languageOf } from '../../../i18n/page-props';
import { Overview } from '../../../overview/overview';

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const t = await getTranslations({ locale: await languageOf(params), namespace: 'titles' });
  return { title: t('overview') };
}

export default async function Page({ params }: PageProps) {
  await languageOf(params);
  return <Overview />;
}
