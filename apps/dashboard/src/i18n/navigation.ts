import { createNavigation } from 'next-intl/navigation';
import { defineRouting } from 'next-intl/routing';
import { locales } from './locales';

/** Every address begins with its language: so it is plain which file it is, and none is an address of the API. */
const routing = defineRouting({ locales, defaultLocale: 'en', localePrefix: 'always' });

export const { Link, useRouter, usePathname } = createNavigation(routing);
