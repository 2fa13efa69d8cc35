'use client';
import {
  BellRing,
  BookOpen,
  CalendarDays,
  ClipboardCheck,
  Inbox,
  LayoutDashboard,
  LayoutTemplate,
  Megaphone,
  Send,
  Settings,
  Users,
  Workflow,
} from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Me } from '../data/queries';
import { NameMark } from '../design/mark';
import { Link, usePathname } from '../i18n/navigation';
import { AccountMenu } from './account-menu';
import { OrganizationSwitcher } from './organization-switcher';

const pages = [
  { href: '/', name: 'overview', icon: LayoutDashboard, covers: /^\/$/ },
  { href: '/contacts', name: 'contacts', icon: Users, covers: /^\/(contact|import)s?$/ },
  { href: '/bookings', name: 'bookings', icon: CalendarDays, covers: /^\/(booking|product)s?$/ },
  { href: '/flows', name: 'flows', icon: Workflow, covers: /^\/(flows?|recipes)$/ },
  { href: '/templates', name: 'templates', icon: LayoutTemplate, covers: /^\/templates?$/ },
  { href: '/campaigns', name: 'campaigns', icon: Megaphone, covers: /^\/campaigns?$/ },
  { href: '/messages', name: 'messages', icon: Send, covers: /^\/messages?$/ },
  { href: '/inbox', name: 'inbox', icon: Inbox, covers: /^\/inbox$/ },
  { href: '/review', name: 'review', icon: ClipboardCheck, covers: /^\/review$/ },
  { href: '/alerts', name: 'alerts', icon: BellRing, covers: /^\/alerts$/ },
  { href: '/settings', name: 'settings', icon: Settings, covers: /^\/settings/ },
] as const;

const row =
  'flex min-h-11 items-center gap-3 rounded-md px-3 text-sm font-medium text-on-hull-soft hover:bg-hull-lit hover:text-on-hull lg:min-h-9 [&_svg]:size-4.5';

/** The navigation: beside the page, and on a phone in a drawer. */
export function Rail({ me, onGo }: { me: Me; onGo?: () => void }) {
  const t = useTranslations('shell');
  const path = usePathname();
  return (
    <div className="on-hull flex h-full flex-col gap-5 bg-hull p-3 text-on-hull">
      <Link href="/" onClick={onGo} className="px-3 pt-3">
        <NameMark />
      </Link>
      <OrganizationSwitcher me={me} />
      <nav aria-label={t('navigation')} className="grid gap-0.5">
        {pages.map(({ href, name, icon: Icon, covers }) => (
          <Link
            key={href}
            href={href}
            onClick={onGo}
            aria-current={covers.test(path) ? 'page' : undefined}
            className={`${row} aria-[current]:bg-hull-lit aria-[current]:text-on-hull aria-[current]:shadow-[inset_3px_0_0_var(--color-brass)]`}
          >
            <Icon aria-hidden="true" />
            {t(name)}
          </Link>
        ))}
      </nav>
      <div className="mt-auto grid gap-0.5">
        <a href="/docs" className={row}>
          <BookOpen aria-hidden="true" />
          {t('apiReference')}
        </a>
        <AccountMenu me={me} />
      </div>
    </div>
  );
}
