'use client';
import { useTranslations } from 'next-intl';
import { PageHead } from '../components/page-head';
import { Link } from '../i18n/navigation';
import { useMay } from '../shell/use-may';
import { OnlyFor } from './only-for';
import type { Part } from './parts';
import { addressOf, groups, icons, readers } from './parts';

interface Props {
  part: Part;
  /** What can be done here, to the right of the title. */
  actions?: React.ReactNode;
  children: React.ReactNode;
}

/** One part of the settings, with the way to the others beside it; on a phone it leads back to their list. */
export function SettingsPage({ part, actions, children }: Props) {
  const t = useTranslations('settings');
  const may = useMay();
  const least = part in readers ? readers[part as keyof typeof readers] : 'viewer';
  const refused = may('viewer') && !may(least);
  return (
    <div className="lg:grid lg:grid-cols-[11.5rem_minmax(0,1fr)] lg:gap-9">
      <SideNavigation part={part} />
      <div className="min-w-0">
        <div className="lg:hidden">
          <Link
            href="/settings"
            className="mb-2 inline-flex min-h-11 items-center text-sm text-sea underline underline-offset-3"
          >
            {t('title')}
          </Link>
        </div>
        <PageHead title={t(`parts.${part}`)} text={t(`about.${part}`)}>
          {!refused && actions}
        </PageHead>
        {refused ? <OnlyFor role={least} /> : children}
      </div>
    </div>
  );
}

function SideNavigation({ part: current }: { part: Part }) {
  const t = useTranslations('settings');
  return (
    <nav aria-label={t('title')} className="hidden content-start gap-5 lg:grid">
      <Link href="/settings" className="px-2 pt-1 text-sm font-semibold text-ink-soft hover:text-ink">
        {t('title')}
      </Link>
      {groups.map(({ name, parts }) => (
        <div key={name} className="grid gap-0.5">
          <p className="px-2 pb-1 text-xs font-semibold text-ink-soft">{t(`groups.${name}`)}</p>
          {parts.map((part) => (
            <SideLink key={part} part={part} current={part === current} />
          ))}
        </div>
      ))}
    </nav>
  );
}

function SideLink({ part, current }: { part: Part; current: boolean }) {
  const t = useTranslations('settings.parts');
  const Icon = icons[part];
  return (
    <Link
      href={addressOf(part)}
      aria-current={current ? 'page' : undefined}
      className="flex min-h-8 items-center gap-2.5 rounded-md px-2 text-sm text-ink-soft hover:bg-sunk hover:text-ink aria-[current]:bg-sea-wash aria-[current]:font-semibold aria-[current]:text-ink"
    >
      <Icon className="size-4" aria-hidden="true" />
      {t(part)}
    </Link>
  );
}
