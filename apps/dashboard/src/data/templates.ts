import type { Schema } from '@halyard/client/client';
import type { Channel } from '@halyard/contracts/primitives';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { halyard } from './halyard';
import { pagesQuery } from './pages';
import { answerOf } from './problem';

export type TemplateSummary = Schema<'TemplateSummary'>;
export type Template = Schema<'Template'>;
export type Preview = Schema<'TemplatePreview'>;
export type Finding = Schema<'TemplateFinding'>;
export type TemplateVersion = Schema<'TemplateVersionSummary'>;
export type { Channel };

/** What a list of templates can be narrowed down to; '' for all. */
export interface TemplateFilter {
  search: string;
  channel: string;
  /** 'true': those that were archived, and no others. */
  archived: string;
}

export const templatePages = (filter: TemplateFilter) =>
  pagesQuery(['templates', filter], (at) => {
    const { search, archived } = filter;
    const channel = filter.channel as Channel | '';
    const query = {
      ...at,
      limit: 50,
      ...(search && { search }),
      ...(channel && { channel }),
      ...(archived === 'true' && { archived: 'true' }),
    };
    return answerOf(halyard.GET('/templates', { params: { query } }));
  });

export const templateQuery = (id: string) =>
  queryOptions({
    queryKey: ['template', id],
    queryFn: () => answerOf(halyard.GET('/templates/{id}', { params: { path: { id } } })),
  });

export const templateVersionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['template', id, 'versions'],
    queryFn: () => answerOf(halyard.GET('/templates/{id}/versions', { params: { path: { id } } })),
  });

/** Versions do not change, so neither does what tells two of them apart. */
export const differenceQuery = (id: string, from: number, to: number) =>
  queryOptions({
    queryKey: ['template-difference', id, from, to],
    queryFn: () =>
      answerOf(halyard.GET('/templates/{id}/diff', { params: { path: { id }, query: { from, to } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** For whom a draft is rendered; nobody in particular: an invented sailor. */
export interface Sample {
  contact_id?: string;
  booking_id?: string;
}

export interface Drafted extends Sample {
  channel: Channel;
  content: unknown;
  locale: string;
  class: 'marketing' | 'transactional';
}

const render = (draft: Drafted) =>
  answerOf(halyard.POST('/templates/preview', { body: draft as unknown as Schema<'DraftPreviewInput'> }));

/** What would be sent of a draft. While the next one is asked for, the one before it stays. */
export const previewQuery = (draft: Drafted) =>
  queryOptions({
    queryKey: ['template-preview', draft],
    queryFn: () => render(draft),
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 60_000,
  });

const between = '\n⁂\n';

/** What each of these pieces of Liquid says to this recipient, in their order. */
export const examplesQuery = (sample: Sample, locale: string, pieces: readonly string[]) =>
  queryOptions({
    queryKey: ['template-examples', sample, locale, pieces],
    queryFn: async () => {
      const content = { default_locale: locale, locales: { [locale]: { text: pieces.join(between) } } };
      const { text } = await render({ channel: 'web_chat', content, locale, class: 'marketing', ...sample });
      return (text ?? '').split(between);
    },
    retry: false,
    staleTime: 60_000,
  });

export const foundContactsQuery = (search: string) =>
  queryOptions({
    queryKey: ['contacts', 'found', search],
    queryFn: () =>
      answerOf(halyard.GET('/contacts', { params: { query: { limit: 8, ...(search && { search }) } } })),
    placeholderData: keepPreviousData,
  });

/** The contact's next or latest booking: what a template says of an event is said of this one. */
export const latestBookingQuery = (contact_id: string) =>
  queryOptions({
    queryKey: ['bookings', 'latest of', contact_id],
    queryFn: () => answerOf(halyard.GET('/bookings', { params: { query: { contact_id, limit: 1 } } })),
    enabled: contact_id !== '',
  });
