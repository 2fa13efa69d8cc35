'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { templatesQuery } from '../../data/queries';
import type { PlannedItem } from './offset';

/** What a planned message is called: its step's name, else its template's, else its flow's. */
export function usePlannedName(): (item: PlannedItem) => string {
  const t = useTranslations('booking.plan');
  const { data: templates } = useQuery(templatesQuery);
  return ({ step, template, channels, flow }) => {
    const key = typeof template === 'string' ? template : template?.[channels[0] ?? 'email'];
    const found = templates?.items.find((one) => one.key === key);
    return step?.name ?? found?.name ?? key ?? flow?.name ?? t('unnamed');
  };
}
