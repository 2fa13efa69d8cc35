import type account from '../words/en/account.json';
import type alerts from '../words/en/alerts.json';
import type base from '../words/en/base.json';
import type bookings from '../words/en/bookings.json';
import type campaigns from '../words/en/campaigns.json';
import type canvas from '../words/en/canvas.json';
import type contacts from '../words/en/contacts.json';
import type flows from '../words/en/flows.json';
import type inbox from '../words/en/inbox.json';
import type messages from '../words/en/messages.json';
import type overview from '../words/en/overview.json';
import type review from '../words/en/review.json';
import type settings from '../words/en/settings.json';
import type simulate from '../words/en/simulate.json';
import type templates from '../words/en/templates.json';
import type { Language } from './locales';

declare module 'next-intl' {
  interface AppConfig {
    Locale: Language;
    Messages: typeof base &
      typeof account &
      typeof overview &
      typeof messages &
      typeof contacts &
      typeof bookings &
      typeof flows &
      typeof canvas &
      typeof simulate &
      typeof templates &
      typeof campaigns &
      typeof inbox &
      typeof review &
      typeof alerts &
      typeof settings;
  }
}
