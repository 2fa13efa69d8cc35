'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Controller, useForm } from 'react-hook-form';
import { Button } from '../components/button';
import { ChoiceField, Field } from '../components/field';
import { Panel } from '../components/panel';
import { Skeleton } from '../components/skeleton';
import { Trouble } from '../components/trouble';
import { useConsentNames } from '../contacts/consent-names';
import type { Campaign, CampaignInput } from '../data/campaigns';
import { checkedBy } from '../data/checked-by';
import { halyard } from '../data/halyard';
import { answerOf, issuesOf } from '../data/problem';
import { templatesQuery } from '../data/queries';
import type { TemplateSummary } from '../data/templates';
import { useAct } from '../data/use-act';
import { AudienceField } from './audience-field';
import type { CampaignDraft } from './contracts';
import { everybody } from './everybody';
import { sentOn, waysOf } from './ways';
import { WaysField } from './ways-field';

interface Props {
  /** Null for a new one. */
  campaign: Campaign | null;
  onSaved: (campaign: Campaign) => void;
  onCancel: () => void;
}

/** Whom a campaign is for, and what they get. When it starts is decided on its page. */
export function CampaignForm(props: Props) {
  const { data } = useQuery(templatesQuery);
  return data ? <Filled templates={data.items} {...props} /> : <Skeleton lines={10} />;
}

function Filled({
  templates,
  campaign,
  onSaved,
  onCancel,
}: Props & { templates: readonly TemplateSummary[] }) {
  const t = useTranslations();
  const { topics } = useConsentNames();
  const form = useForm<CampaignDraft>({
    resolver: checkedBy(async () => (await import('./contracts')).CampaignDraft),
    defaultValues: draftOf(campaign, templates),
  });
  const save = useAct({
    do: (draft: CampaignDraft) => saved(campaign, draft),
    changes: ['campaign', 'campaigns'],
    done: (result) => {
      onSaved(result);
      return { text: t(campaign ? 'acts.saved' : 'campaign.did.create') };
    },
    tellsErrors: true,
  });
  const { errors } = form.formState;
  const found = issuesOf(save.error);
  const topic = campaign?.topic ?? '*';
  const offered = [
    ['*', t('campaign.allTopics')] as const,
    ...topics,
    ...(topic === '*' || topics.some(([key]) => key === topic) ? [] : [[topic, topic] as const]),
  ];
  return (
    <form
      className="grid max-w-3xl gap-5"
      noValidate
      onSubmit={form.handleSubmit((draft) => save.mutate(draft))}
    >
      {save.error && <Trouble error={save.error} />}
      <Field
        label={t('campaign.name')}
        hint={t('campaign.nameHint')}
        autoFocus={!campaign}
        error={errors.name ? t('campaign.nameMissing') : found.name}
        {...form.register('name')}
      />
      <Panel title={t('campaign.audience')}>
        <Controller
          control={form.control}
          name="audience"
          render={({ field }) => (
            <AudienceField
              value={field.value}
              onChange={field.onChange}
              error={errors.audience ? t('campaign.audienceWrong') : found.audience}
            />
          )}
        />
      </Panel>
      <Panel title={t('campaign.sent')}>
        <div className="grid gap-5 px-4 py-4 sm:px-5">
          <Controller
            control={form.control}
            name="ways"
            render={({ field }) => (
              <WaysField
                templates={templates}
                value={field.value}
                onChange={field.onChange}
                error={errors.ways ? t('campaign.wayWrong') : (found.template ?? found.channels)}
              />
            )}
          />
          <div className="grid gap-5 sm:grid-cols-2">
            <ChoiceField
              label={t('campaign.class')}
              hint={t('campaign.classHint')}
              options={(['marketing', 'service'] as const).map((one) => [one, t(`classes.${one}`)])}
              {...form.register('class')}
            />
            <ChoiceField
              label={t('campaign.topic')}
              hint={t('campaign.topicHint')}
              error={found.topic}
              options={offered}
              {...form.register('topic')}
            />
          </div>
          <p className="text-sm text-ink-soft">{t('campaign.obeys')}</p>
        </div>
      </Panel>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" disabled={save.isPending}>
          {t(campaign ? 'acts.save' : 'campaign.create')}
        </Button>
        <Button look="plain" disabled={save.isPending} onClick={onCancel}>
          {t('acts.cancel')}
        </Button>
      </div>
    </form>
  );
}

function draftOf(campaign: Campaign | null, templates: readonly TemplateSummary[]): CampaignDraft {
  if (campaign)
    return {
      name: campaign.name,
      audience: campaign.audience as CampaignDraft['audience'],
      ways: waysOf(campaign, templates),
      class: campaign.class,
      topic: campaign.topic,
    };
  const ways = [{ channel: 'email' as const, key: '' }];
  return { name: '', audience: everybody, ways, class: 'marketing', topic: '*' };
}

/** What the form does not show stays as it was. */
function saved(campaign: Campaign | null, { ways, ...draft }: CampaignDraft): Promise<Campaign> {
  const body: CampaignInput = {
    ...draft,
    ...sentOn(ways),
    variables: campaign?.variables ?? {},
    ...(campaign?.expires_after && { expires_after: campaign.expires_after }),
  };
  return campaign
    ? answerOf(halyard.PUT('/campaigns/{id}', { params: { path: { id: campaign.id } }, body }))
    : answerOf(halyard.POST('/campaigns', { body }));
}
