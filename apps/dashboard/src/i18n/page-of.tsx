import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { Suspense } from 'react';
import type base from '../words/en/base.json';
import type { Area } from './areas';
import type { Language } from './locales';
import { Words } from './words';

interface Props {
  params: Promise<{ locale: string }>;
}

/** A page in the language of its address: its title, the areas whose words it shows, and what stands on it. */
export function pageOf(
  title: keyof (typeof base)['titles'],
  words: readonly Area[],
  Content: React.ComponentType,
) {
  async function generateMetadata({ params }: Props): Promise<Metadata> {
    const locale = (await params).locale as Language;
    const t = await getTranslations({ locale, namespace: 'titles' });
    return { title: t(title) };
  }

  async function Page({ params }: Props) {
    setRequestLocale((await params).locale as Language);
    return (
      <Words of={words}>
        <Suspense>
          <Content />
        </Suspense>
      </Words>
    );
  }
  return { generateMetadata, Page };
}
