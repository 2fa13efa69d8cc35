'use client';
import { useLocale, useTranslations } from 'next-intl';
import { buttonStyle } from '../components/button';
import { Panel } from '../components/panel';
import type { FlowSummary, Recipe } from '../data/flows';
import { FlowStatusBadge } from '../flows/flow-status-badge';
import { Link } from '../i18n/navigation';

interface Props {
  recipe: Recipe;
  flows: readonly FlowSummary[];
  /** Whether anything could be sent on any channel. */
  connected: boolean;
}

/** What is there now, and what to do with it. */
export function AfterInstall({ recipe, flows, connected }: Props) {
  const t = useTranslations('recipes');
  const locale = useLocale();
  return (
    <Panel title={t('isInstalled', { name: recipe.name[locale] })} className="mb-5">
      <div className="grid gap-4 p-4 sm:p-5">
        <ul className="grid gap-1 sm:grid-cols-2">
          {flows.map((flow) => (
            <li key={flow.id} className="flex flex-wrap items-center gap-x-3">
              <Link
                href={`/flow?id=${flow.id}`}
                className="inline-flex min-h-11 items-center font-semibold text-sea underline underline-offset-3 sm:min-h-8"
              >
                {flow.name}
              </Link>
              <FlowStatusBadge status={flow.status} />
            </li>
          ))}
        </ul>
        <p className="text-sm text-ink-soft">{t(connected ? 'nextHint' : 'nextConnect')}</p>
        <div className="flex flex-wrap gap-2">
          {!connected && (
            <Link href="/settings" className={buttonStyle({ look: 'outlined' })}>
              {t('toConnections')}
            </Link>
          )}
          <Link href="/bookings" className={buttonStyle({ look: 'outlined' })}>
            {t('toBookings')}
          </Link>
          <Link href="/templates" className={buttonStyle({ look: 'outlined' })}>
            {t('toTemplates')}
          </Link>
        </div>
      </div>
    </Panel>
  );
}
