'use client';
import { useQuery } from '@tanstack/react-query';
import type { Campaign } from '../data/campaigns';
import { templatesQuery } from '../data/queries';
import { templateQuery } from '../data/templates';
import { TestSend } from '../templates/test-send';
import { waysOf } from './ways';

/** Sends what the campaign sends on its first channel to one address. */
export function CampaignTest({ campaign }: { campaign: Campaign }) {
  const { data: templates } = useQuery(templatesQuery);
  const items = templates?.items ?? [];
  const [first] = waysOf(campaign, items);
  const id = items.find(({ key, channel }) => key === first?.key && channel === first.channel)?.id ?? '';
  const { data } = useQuery({ ...templateQuery(id), enabled: id !== '' });
  if (!data) return null;
  const locale = (data.content as { default_locale?: unknown }).default_locale;
  return (
    <TestSend
      id={data.id}
      channel={data.channel}
      locale={typeof locale === 'string' ? locale : 'en'}
      shownAs={campaign.class === 'marketing' ? 'marketing' : 'transactional'}
      sample={{}}
      save={null}
    />
  );
}
