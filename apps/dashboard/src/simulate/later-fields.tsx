'use client';
import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '../components/button';
import { ChoiceField, Field } from '../components/field';
import type { Happening, Later, Story } from './story';
import { isBooking } from './story';

const aboutBookings = ['moved', 'cancelled', 'checked_in', 'completed', 'event'] as const;

interface Props {
  story: Story;
  onChange: (later: readonly Later[]) => void;
}

/** What happens after the beginning. */
export function LaterFields({ story, onChange }: Props) {
  const t = useTranslations('simulate');
  const { later } = story;
  const kinds: readonly Happening[] = isBooking(story.begins) ? aboutBookings : ['event'];
  const add = () =>
    onChange([
      ...later,
      { kind: kinds[0] ?? 'event', at: story.at, startsAt: story.startsAt, endsAt: story.endsAt, type: '' },
    ]);
  const change = (at: number, given: Partial<Later>) =>
    onChange(later.map((one, n) => (n === at ? { ...one, ...given } : one)));
  return (
    <div className="grid gap-3">
      {later.map((one, at) => {
        const time = (name: 'at' | 'startsAt' | 'endsAt') => ({
          type: 'datetime-local',
          label: t(name),
          value: one[name],
          onChange: ({ target }: React.ChangeEvent<HTMLInputElement>) => change(at, { [name]: target.value }),
        });
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: they have no other name, and none moves.
          <fieldset key={at} className="grid gap-3 border-l-2 border-rope pl-4 sm:grid-cols-2">
            <legend className="sr-only">{t('later')}</legend>
            <ChoiceField
              label={t('later')}
              value={one.kind}
              options={kinds.map((kind) => [kind, t(`kinds.${kind}`)] as const)}
              onChange={({ target }) => change(at, { kind: target.value as Happening })}
            />
            <Field {...time('at')} />
            {one.kind === 'moved' && (
              <>
                <Field {...time('startsAt')} />
                <Field {...time('endsAt')} />
              </>
            )}
            {one.kind === 'event' && (
              <Field
                label={t('eventType')}
                placeholder="user.login"
                required
                value={one.type}
                onChange={({ target }) => change(at, { type: target.value })}
              />
            )}
            <Button
              look="plain"
              className="justify-self-start"
              onClick={() => onChange(later.filter((_, n) => n !== at))}
            >
              <X aria-hidden="true" />
              {t('remove')}
            </Button>
          </fieldset>
        );
      })}
      <Button look="outlined" className="justify-self-start" onClick={add}>
        <Plus aria-hidden="true" />
        {t('addLater')}
      </Button>
    </div>
  );
}
