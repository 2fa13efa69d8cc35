'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { meQuery } from '../data/queries';
import { organizationOf } from '../shell/organization-switcher';
import { DeliveryAndEngagement } from './delivery-and-engagement';
import { NeedsPerson } from './needs-person';
import { NextMessages } from './next-messages';
import { RecentMessages } from './recent-messages';

/** What needs a person, what happens next, and what has just happened. */
export function Overview() {
  const t = useTranslations('overview');
  const { data: me } = useQuery(meQuery);
  return (
    <>
      <header className="mb-6">
        <h1 className="text-xl">{t('title')}</h1>
        <p className="text-ink-soft">{me && organizationOf(me)?.organization.name}</p>
      </header>
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,5fr)_minmax(0,4fr)] xl:grid-rows-[auto_1fr]">
        <NeedsPerson className="xl:col-start-2" />
        <NextMessages className="xl:col-start-1 xl:row-span-2 xl:row-start-1" />
        <RecentMessages className="xl:col-start-2" />
      </div>
      <div className="mt-5">
        <DeliveryAndEngagement />
      </div>
    </>
  );
}
