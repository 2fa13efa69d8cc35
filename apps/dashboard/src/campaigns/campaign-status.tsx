'use client';
import { useTranslations } from 'next-intl';
import type { Campaign } from '../data/campaigns';
import { Flag } from '../design/flag';
import { campaignSignals } from './campaign-signals';

export function CampaignStatus({ status }: Pick<Campaign, 'status'>) {
  const t = useTranslations('campaigns.status');
  return (
    <span className="inline-flex items-center gap-1.5 text-sm font-semibold whitespace-nowrap">
      <Flag signal={campaignSignals[status]} />
      {t(status)}
    </span>
  );
}
