import '../../design/global.css';
import type { Metadata, Viewport } from 'next';
import { NextIntlClientProvider } from 'next-intl';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { QueryProvider } from '../../data/query-provider';
import { wordsOf } from '../../i18n/areas';
import type { Language } from '../../i18n/locales';
import { locales } from '../../i18n/locales';
import { themeScript } from '../../shell/theme-script';

export const dynamicParams = false;
export const generateStaticParams = () => locales.map((locale) => ({ locale }));

type Props = { children: React.ReactNode; params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale: locale as Language, namespace: 'titles' });
  return { title: { default: 'Halyard', template: '%s · Halyard' }, description: t('description') };
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#0d2d3a' },
    { media: '(prefers-color-scheme: dark)', color: '#051119' },
  ],
};

export default async function Layout({ children, params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale as Language);
  return (
    <html lang={locale} suppressHydrationWarning>
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own words, run before the first paint. */}
        <script dangerouslySetInnerHTML={{ __html: themeScript }} />
      </head>
      <body>
        <NextIntlClientProvider messages={await wordsOf(locale as Language, 'base')}>
          <QueryProvider>{children}</QueryProvider>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
