import type en from '../words/en.json';
import type { Language } from './locales';

declare module 'next-intl' {
  interface AppConfig {
    Locale: Language;
    Messages: typeof en;
  }
}
