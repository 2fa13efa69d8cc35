import { getRequestConfig } from 'next-intl/server';
import { areas, wordsOf } from './areas';
import { isLanguage, locales } from './locales';

/**
 * What pages are rendered with while they are built. Times are shown by the browser, in the organization's zone.
 * @public next-intl's plugin imports it.
 */
export default getRequestConfig(async ({ requestLocale }) => {
  const asked = (await requestLocale) ?? '';
  const locale = isLanguage(asked) ? asked : locales[0];
  const words = await Promise.all((['base', ...areas] as const).map((area) => wordsOf(locale, area)));
  return { locale, messages: Object.assign({}, ...words), timeZone: 'UTC' };
});
